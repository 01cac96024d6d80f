// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floats as Python's {@code repr} writes them: the fewest digits, an exponent below 1e-4 and from 1e16 on. */
final class PythonFloat {
    private static final int FIRST_EXPONENT = 16;
    private static final int LEAST_POINT = -4;

    private PythonFloat() {}

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        return (value < 0 ? "-" : "") + laidOut(digits, digits.length() - shortest.scale());
    }

    /** Java writes two digits at least: 4.9E-324, where 5 says the same. */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(new MathContext(1));
        return one.doubleValue() == value ? one.stripTrailingZeros() : digits;
    }

    /** @param point where the point stands among the digits; below 0 for zeros before them */
    private static String laidOut(String digits, int point) {
        int exponent = point - 1;
        if (exponent < LEAST_POINT || exponent >= FIRST_EXPONENT) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            String sign = exponent < 0 ? "-" : "+";
            String size = Integer.toString(Math.abs(exponent));
            return digits.charAt(0) + fraction + "e" + sign + (size.length() < 2 ? "0" + size : size);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }
}
