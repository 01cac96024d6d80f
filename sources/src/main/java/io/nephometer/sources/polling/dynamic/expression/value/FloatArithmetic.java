// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

/** What {@code + - * / // % **} do with floats. */
final class FloatArithmetic {
    private FloatArithmetic() {}

    static double of(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / nonZero(b);
            case "//" -> floored(a, nonZero(b));
            case "%" -> rest(a, nonZero(b));
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** Has the sign of the divisor, also where it is zero. */
    private static double rest(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return (rest < 0) == (b < 0) ? rest : rest + b;
    }

    /** From the rest, not from the quotient, which may have been rounded up. */
    private static double floored(double a, double b) {
        double rest = a % b;
        double quotient = (a - rest) / b;
        if (rest != 0 && (rest < 0) != (b < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double power(double a, double b) {
        if (a == 1 || b == 0) {
            return 1;
        }
        if (a == -1 && Double.isInfinite(b)) {
            return 1;
        }
        if (a == 0 && b < 0) {
            throw new Fault(Fault.Kind.ZERO_DIVISION, "0 to a negative power");
        }
        double power = Math.pow(a, b);
        boolean finite = Double.isFinite(a) && Double.isFinite(b);
        if (finite && Double.isNaN(power)) {
            throw new Fault(Fault.Kind.VALUE, "a negative number to a fractional power is no real number");
        }
        if (finite && Double.isInfinite(power)) {
            throw new Fault(Fault.Kind.OVERFLOW, "a power too large for a float");
        }
        return power;
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw new Fault(Fault.Kind.ZERO_DIVISION, "division by zero");
        }
        return divisor;
    }
}
