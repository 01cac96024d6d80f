// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.PythonText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers out of plain values, as Python's {@code int()} and {@code float()} make them: booleans are 0 and 1, texts may have
 * blanks around, digits of any script and single underscores between digits.
 */
public final class PlainNumber {
    /** Longer texts of digits are refused, as Python refuses them. */
    private static final int MAX_DIGITS = 4_300;

    // Without groups that repeat: Java matches those by recursion, and senders choose how long a text is.
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]++");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAN = Pattern.compile("[-+]?nan", Pattern.CASE_INSENSITIVE);

    private PlainNumber() {}

    /**
     * The integer that {@code value} is, a float being cut towards zero.
     *
     * @return empty if it is none
     */
    public static Optional<BigInteger> integer(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> Optional.of(truth ? BigInteger.ONE : BigInteger.ZERO);
            case Long number -> Optional.of(BigInteger.valueOf(number));
            case BigInteger number -> Optional.of(number);
            case Double number when Double.isFinite(number) -> Optional.of(new BigDecimal(number).toBigInteger());
            case String text -> integer(text);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<BigInteger> integer(String text) {
        String digits = plainDigits(text);
        if (!INTEGER.matcher(digits).matches() || digits.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(digits));
    }

    /**
     * The float that {@code value} is; texts such as {@code nan} and {@code inf} are floats too.
     *
     * @return empty if it is none
     */
    public static Optional<Double> decimal(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> Optional.of(truth ? 1.0 : 0.0);
            case Double number -> Optional.of(number);
            case Long number -> Optional.of((double) number);
            case BigInteger number -> Optional.of(number.doubleValue()).filter(Double::isFinite);
            case String text -> decimal(text);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Double> decimal(String text) {
        String number = plainDigits(text);
        if (DECIMAL.matcher(number).matches()) {
            return Optional.of(Double.parseDouble(number));
        }
        if (INFINITE.matcher(number).matches()) {
            return Optional.of(number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NAN.matcher(number).matches() ? Optional.of(Double.NaN) : Optional.empty();
    }

    /** A Long where 64 bits are enough, otherwise {@code number}. */
    public static Number smallest(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValueExact() : number;
    }

    /** The text without blanks around, with ASCII digits, and without underscores that stand between two digits. */
    private static String plainDigits(String text) {
        String stripped = PythonText.strip(text);
        if (stripped.chars().allMatch(c -> c < 128 && c != '_')) {
            return stripped;
        }
        int[] characters = stripped.codePoints().toArray();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < characters.length; i++) {
            boolean between = i > 0
                    && i + 1 < characters.length
                    && Character.isDigit(characters[i - 1])
                    && Character.isDigit(characters[i + 1]);
            if (Character.isDigit(characters[i])) {
                plain.append(Character.digit(characters[i], 10));
            } else if (characters[i] != '_' || !between) {
                plain.appendCodePoint(characters[i]);
            }
        }
        return plain.toString();
    }
}
