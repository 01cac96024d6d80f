// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Python's arithmetic on JSON values: integers of any size, booleans as 0 and 1, text and lists that add and repeat. Integer
 * results are Long where 64 bits are enough, else BigInteger.
 */
final class PythonNumber {
    /** Longer texts and lists are not built by repetition. */
    private static final long MAX_REPEATED = 16_000_000;

    /** Python refuses to read longer integers. */
    private static final int MAX_DIGITS = 4_300;

    private PythonNumber() {}

    static boolean isInteger(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Boolean
                || value instanceof BigInteger
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte;
    }

    static boolean isFloat(@Nullable Object value) {
        return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
    }

    static boolean isNumber(@Nullable Object value) {
        return isInteger(value) || isFloat(value);
    }

    /** The integer that {@code value}, one, is. */
    static BigInteger big(Object value) {
        return switch (value) {
            case BigInteger big -> big;
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case Number number -> BigInteger.valueOf(number.longValue());
            default -> throw new IllegalArgumentException("no integer: " + value);
        };
    }

    /** Whether {@code value} is an integer within 64 bits. */
    static boolean isSmall(Object value) {
        return isInteger(value) && !(value instanceof BigInteger big && big.bitLength() > 63);
    }

    /** The value of an integer for which {@link #isSmall} holds. */
    static long small(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
    }

    /** A number as a fraction; raises where an integer is too large for one. */
    static double fraction(Object value) {
        double fraction = isInteger(value) && !isSmall(value)
                ? big(value).doubleValue()
                : isInteger(value) ? (double) small(value) : ((Number) value).doubleValue();
        if (Double.isInfinite(fraction) && isInteger(value)) {
            throw new JsonPathEvaluationException("an integer too large for a fraction");
        }
        return fraction;
    }

    private static Number normal(BigInteger value) {
        return value.bitLength() > 63 ? value : (Number) value.longValue();
    }

    private static Number integers(
            Object left, Object right, LongBinaryOperator exact, BinaryOperator<BigInteger> any) {
        if (isSmall(left) && isSmall(right)) {
            try {
                return exact.applyAsLong(small(left), small(right));
            } catch (ArithmeticException e) {
                return any.apply(big(left), big(right));
            }
        }
        return normal(any.apply(big(left), big(right)));
    }

    /** {@code left + right}; null where the types do not add. */
    static @Nullable Object add(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String text && right instanceof String more) {
            return text + more;
        }
        if (left instanceof List<?> list && right instanceof List<?> more) {
            List<@Nullable Object> joined = new ArrayList<>(list);
            joined.addAll(more);
            return joined;
        }
        if (!isNumber(left) || !isNumber(right) || left == null || right == null) {
            return null;
        }
        if (isFloat(left) || isFloat(right)) {
            return fraction(left) + fraction(right);
        }
        return integers(left, right, Math::addExact, BigInteger::add);
    }

    /** {@code left - right}; null where the types do not subtract. */
    static @Nullable Object subtract(@Nullable Object left, @Nullable Object right) {
        if (!isNumber(left) || !isNumber(right) || left == null || right == null) {
            return null;
        }
        if (isFloat(left) || isFloat(right)) {
            return fraction(left) - fraction(right);
        }
        return integers(left, right, Math::subtractExact, BigInteger::subtract);
    }

    /** {@code left * right}; text and lists are repeated; null where the types do not multiply. */
    static @Nullable Object multiply(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (isNumber(left) && isNumber(right)) {
            return isFloat(left) || isFloat(right)
                    ? (Object) (fraction(left) * fraction(right))
                    : integers(left, right, Math::multiplyExact, BigInteger::multiply);
        }
        if (isInteger(left)) {
            return repeat(right, left);
        }
        return isInteger(right) ? repeat(left, right) : null;
    }

    private static @Nullable Object repeat(Object sequence, Object times) {
        return switch (sequence) {
            case String text -> text.repeat(count(times, text.length()));
            case List<?> list -> {
                List<@Nullable Object> repeated = new ArrayList<>();
                for (int i = count(times, list.size()); i > 0; i--) {
                    repeated.addAll(list);
                }
                yield repeated;
            }
            default -> null;
        };
    }

    private static int count(Object times, int length) {
        if (!isSmall(times) || (length > 0 && small(times) > MAX_REPEATED / length)) {
            throw new JsonPathEvaluationException("a sequence of " + length + " repeated " + times + " times");
        }
        return length == 0 ? 0 : (int) Math.max(0, small(times));
    }

    /**
     * {@code int(value)}: fractions are cut, text is read; null where a text or NaN is no integer.
     *
     * @throws JsonPathEvaluationException for null, lists, maps and the infinities
     */
    static @Nullable Number toInteger(@Nullable Object value) {
        if (value instanceof String text) {
            return readInteger(text);
        }
        if (value == null || !isNumber(value)) {
            throw new JsonPathEvaluationException(PythonText.typeOf(value) + " compared as an integer");
        }
        if (isInteger(value)) {
            return isSmall(value) ? (Number) small(value) : big(value);
        }
        double fraction = fraction(value);
        if (Double.isInfinite(fraction)) {
            throw new JsonPathEvaluationException("infinity compared as an integer");
        }
        return Double.isNaN(fraction) ? null : normal(new BigDecimal(fraction).toBigInteger());
    }

    /** The integer that a text holds by Python's rules (white space around, underscores between digits, any digits); or null. */
    static @Nullable Number readInteger(String text) {
        String trimmed = PythonText.strip(text);
        StringBuilder digits = new StringBuilder();
        boolean mayEnd = false;
        for (int i = 0; i < trimmed.length(); i += Character.charCount(trimmed.codePointAt(i))) {
            int character = trimmed.codePointAt(i);
            if (Character.isDigit(character)) {
                digits.append((char) ('0' + Character.digit(character, 10)));
                mayEnd = true;
            } else if (character == '_' && mayEnd) {
                mayEnd = false;
            } else if ((character == '-' || character == '+') && i == 0) {
                digits.append((char) character);
            } else {
                return null;
            }
        }
        return mayEnd && digits.length() <= MAX_DIGITS ? normal(new BigInteger(digits.toString())) : null;
    }
}
