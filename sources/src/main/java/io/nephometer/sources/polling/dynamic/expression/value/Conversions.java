// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import io.nephometer.runtime.json.PythonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of texts and of other numbers: {@code int}, {@code float}, {@code round}. */
public final class Conversions {
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.?(?:[0-9][0-9_]*)?|\\.[0-9][0-9_]*)(?:e[-+]?[0-9][0-9_]*)?");
    private static final Pattern STRAY = Pattern.compile("__|_$|_[.e]|^_");
    private static final Pattern WORD = Pattern.compile("([-+]?)(?:(inf|infinity)|nan)");
    private static final int MOST_DIGITS = 4_300;

    private Conversions() {}

    /** {@code int(value)}. */
    public static Number whole(@Nullable Object value) {
        return switch (value) {
            case String text -> whole(text, 10);
            case Double number when Double.isNaN(number) -> throw new Fault(Fault.Kind.VALUE, "int of nan");
            case Double number
            when Double.isInfinite(number) -> throw new Fault(Fault.Kind.OVERFLOW, "int of infinity");
            case Double number -> Numbers.whole(new BigDecimal(number).toBigInteger());
            case null, default -> {
                if (!Types.isWhole(value)) {
                    throw Fault.type("int wants a number or a text, not " + Types.name(value));
                }
                yield Numbers.whole(Numbers.big(value));
            }
        };
    }

    /** {@code int(text, base)}. */
    public static Number whole(String text, int base) {
        String digits = PythonString.strip(text).toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        String unsigned = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : " ";
        String bare = unsigned.startsWith(prefix) ? unsigned.substring(2) : unsigned;
        if (bare.length() > MOST_DIGITS || !bare.matches("[0-9a-z_]+") || bare.matches("_.*|.*_|.*__.*")) {
            throw notWhole(text, base);
        }
        try {
            BigInteger number = new BigInteger(bare.replace("_", ""), base);
            return Numbers.whole(negative ? number.negate() : number);
        } catch (NumberFormatException _) {
            throw notWhole(text, base);
        }
    }

    private static Fault notWhole(String text, int base) {
        return new Fault(
                Fault.Kind.VALUE,
                "not a whole number%s: %s".formatted(base == 10 ? "" : " of base " + base, cut(text)));
    }

    private static String cut(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** {@code float(value)}. */
    public static double real(@Nullable Object value) {
        if (value instanceof String text) {
            return real(text);
        }
        Number number = Numbers.number(value);
        if (number == null) {
            throw Fault.type("float wants a number or a text, not " + Types.name(value));
        }
        return Numbers.real(number);
    }

    private static double real(String text) {
        String digits = PythonString.strip(text).toLowerCase(Locale.ROOT);
        var word = WORD.matcher(digits);
        if (word.matches()) {
            double size = word.group(2) == null ? Double.NaN : Double.POSITIVE_INFINITY;
            return digits.startsWith("-") ? -size : size;
        }
        if (digits.length() > MOST_DIGITS
                || !FLOAT.matcher(digits).matches()
                || STRAY.matcher(digits).find()) {
            throw new Fault(Fault.Kind.VALUE, "not a number: " + cut(text));
        }
        return Double.parseDouble(digits.replace("_", ""));
    }

    /** {@code round(value)}: the nearest whole number, the even one of two. */
    public static Number rounded(@Nullable Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return Numbers.whole(
                    new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN).toBigInteger());
        }
        return value instanceof String ? noNumber(value) : whole(value);
    }

    /** {@code round(value, digits)}: of the same type; negative digits round before the point. */
    public static Number rounded(@Nullable Object value, int digits) {
        return switch (value) {
            case Double number when !Double.isFinite(number) || digits > 400 -> number;
            case Double number when digits < -400 -> Math.copySign(0.0, number);
            case Double number -> {
                double rounded = new BigDecimal(number)
                        .setScale(digits, RoundingMode.HALF_EVEN)
                        .doubleValue();
                if (Double.isInfinite(rounded)) {
                    throw new Fault(Fault.Kind.OVERFLOW, "rounded, a number too large for a float");
                }
                yield Math.copySign(rounded, number);
            }
            case String _ -> noNumber(value);
            case null, default -> digits >= 0 ? whole(value) : roundedWhole(Numbers.big(value), digits);
        };
    }

    private static Number roundedWhole(BigInteger value, int digits) {
        if (digits < -6_000) {
            return 0L;
        }
        return Numbers.whole(
                new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toBigInteger());
    }

    private static Number noNumber(@Nullable Object value) {
        throw Fault.type("round wants a number, not " + Types.name(value));
    }
}
