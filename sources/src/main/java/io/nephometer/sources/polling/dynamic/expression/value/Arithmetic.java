// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What {@code + - * / // % **} do with numbers; {@link Operators} knows the other types. */
final class Arithmetic {
    /** Beyond that, floats do not hold every whole number. */
    private static final long EXACT = 1L << 53;
    /** More digits than a float has, so that rounding twice gives what rounding once does. */
    private static final MathContext PRECISE = new MathContext(60);

    private Arithmetic() {}

    /** Two numbers, of which a truth value is one too. */
    static Number of(String operator, Number a, Number b, Budget budget) {
        if (a instanceof Double || b instanceof Double) {
            return FloatArithmetic.of(operator, Numbers.real(a), Numbers.real(b));
        }
        return switch (operator) {
            case "/" -> quotient(a, b);
            case "**" -> power(a, b, budget);
            default -> whole(operator, Numbers.big(a), Numbers.big(b), budget);
        };
    }

    private static Number whole(String operator, BigInteger a, BigInteger b, Budget budget) {
        return switch (operator) {
            case "+" -> bounded(a.add(b), budget);
            case "-" -> bounded(a.subtract(b), budget);
            case "*" -> {
                budget.bits((long) a.bitLength() + b.bitLength());
                yield Numbers.whole(a.multiply(b));
            }
            case "//" -> Numbers.whole(floored(a, nonZero(b))[0]);
            case "%" -> Numbers.whole(floored(a, nonZero(b))[1]);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Number bounded(BigInteger number, Budget budget) {
        budget.bits(number.bitLength());
        return Numbers.whole(number);
    }

    /** Rounded down; the rest has the sign of the divisor. */
    private static BigInteger[] floored(BigInteger a, BigInteger b) {
        BigInteger[] result = a.divideAndRemainder(b);
        if (result[1].signum() * b.signum() < 0) {
            result[0] = result[0].subtract(BigInteger.ONE);
            result[1] = result[1].add(b);
        }
        return result;
    }

    private static Number quotient(Number a, Number b) {
        BigInteger divisor = nonZero(Numbers.big(b));
        if (isExact(a) && isExact(b)) {
            return a.doubleValue() / b.doubleValue();
        }
        BigDecimal dividend = new BigDecimal(Numbers.big(a));
        double quotient = dividend.divide(new BigDecimal(divisor), PRECISE).doubleValue();
        if (Double.isInfinite(quotient)) {
            throw new Fault(Fault.Kind.OVERFLOW, "a quotient too large for a float");
        }
        return quotient;
    }

    private static boolean isExact(Number number) {
        return number instanceof Long whole && whole >= -EXACT && whole <= EXACT;
    }

    private static Number power(Number base, Number exponent, Budget budget) {
        BigInteger times = Numbers.big(exponent);
        if (times.signum() < 0) {
            return FloatArithmetic.of("**", Numbers.real(base), Numbers.real(exponent));
        }
        BigInteger number = Numbers.big(base);
        if (number.abs().bitLength() <= 1) { // -1, 0, 1
            return Numbers.whole(number.pow(times.signum() == 0 ? 0 : times.testBit(0) ? 1 : 2));
        }
        budget.bits(times.bitLength() > 20 ? Long.MAX_VALUE : number.bitLength() * times.longValue());
        return Numbers.whole(number.pow(times.intValueExact()));
    }

    private static BigInteger nonZero(BigInteger divisor) {
        if (divisor.signum() == 0) {
            throw new Fault(Fault.Kind.ZERO_DIVISION, "division by zero");
        }
        return divisor;
    }

    /** {@code -a}, or {@code +a}, which makes a number of a truth value. */
    static Number signed(boolean negative, @Nullable Object value) {
        Number number = Numbers.number(value);
        return switch (number) {
            case null -> throw Fault.type("%s before %s".formatted(negative ? "-" : "+", Types.name(value)));
            case Double real -> negative ? -real : real;
            default -> Numbers.whole(negative ? Numbers.big(number).negate() : Numbers.big(number));
        };
    }
}
