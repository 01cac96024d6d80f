// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** The text that Python makes of a float: the fewest digits that give it again, {@code 1e-05}, {@code 1e+16}, {@code 3.0}. */
public final class PythonFloat {
    private PythonFloat() {}

    /** {@code repr(value)}; an exponent is used below 1e-4 and from 1e16. */
    public static String repr(double value) {
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
        int point = digits.length() - shortest.scale();
        return (value < 0 ? "-" : "") + layOut(digits, point);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (value < 1e-320) {
            // Java gives at least two digits, which is more than the smallest numbers have.
            BigDecimal shorter = shortest.round(new MathContext(1));
            return shorter.doubleValue() == value ? shorter : shortest;
        }
        return shortest;
    }

    /** {@code digits} with the decimal point after the first {@code point} of them. */
    private static String layOut(String digits, int point) {
        if (point > 16 || point < -3) {
            int exponent = point - 1;
            String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
            return digits.charAt(0)
                    + rest
                    + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "")
                    + Math.abs(exponent);
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
