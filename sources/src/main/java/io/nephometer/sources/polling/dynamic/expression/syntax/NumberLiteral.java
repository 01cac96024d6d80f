// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.syntax;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as written: {@code 12}, {@code 1_000}, {@code 0x1f}, {@code 1.5}, {@code 2e-3}.
 *
 * @param value Long, BigInteger or Double
 * @param end the first character behind it
 */
record NumberLiteral(Number value, int end) {
    private static final Pattern RADIX = Pattern.compile("0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)");
    private static final Pattern FLOAT =
            Pattern.compile("(?:[0-9][0-9_]*)?\\.(?:[0-9][0-9_]*)?(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+");
    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9_]*|0[0_]*");
    private static final Pattern STRAY = Pattern.compile("__|_$|_[.eE]");
    private static final int MOST_DIGITS = 4_300;

    static NumberLiteral read(String text, int at) throws SyntaxException {
        NumberLiteral number = number(text, at);
        if (number.end - at > MOST_DIGITS) {
            throw new SyntaxException(at, "a number of more than " + MOST_DIGITS + " digits");
        }
        boolean goesOn = number.end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(number.end));
        if (goesOn || STRAY.matcher(text.substring(at, number.end)).find()) {
            throw new SyntaxException(at, text.charAt(at) == '0' ? "no number begins with 0" : "this is no number");
        }
        return number;
    }

    private static NumberLiteral number(String text, int at) throws SyntaxException {
        Matcher radix = RADIX.matcher(text).region(at, text.length());
        if (radix.lookingAt()) {
            String digits = radix.group().substring(2).replace("_", "");
            int base =
                    switch (Character.toLowerCase(radix.group().charAt(1))) {
                        case 'x' -> 16;
                        case 'o' -> 8;
                        default -> 2;
                    };
            return whole(new BigInteger(digits, base), radix.end());
        }
        Matcher decimal = FLOAT.matcher(text).region(at, text.length());
        if (decimal.lookingAt()) {
            return new NumberLiteral(Double.parseDouble(decimal.group().replace("_", "")), decimal.end());
        }
        Matcher digits = WHOLE.matcher(text).region(at, text.length());
        if (digits.lookingAt()) {
            return whole(new BigInteger(digits.group().replace("_", "")), digits.end());
        }
        throw new SyntaxException(at, "this is no number");
    }

    private static NumberLiteral whole(BigInteger value, int end) {
        return new NumberLiteral(value.bitLength() < Long.SIZE ? (Number) value.longValue() : value, end);
    }
}
