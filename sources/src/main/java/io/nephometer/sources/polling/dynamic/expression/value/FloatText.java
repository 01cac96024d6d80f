// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import io.nephometer.runtime.json.PythonFloat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A number as C's {@code printf} writes it: by the exact value of the float, ties to even. */
final class FloatText {
    private static final int USUAL_PRECISION = 6;

    private FloatText() {}

    /**
     * Without sign.
     *
     * @param type {@code f}, {@code e}, {@code g}, {@code %}, or ' ' for as many digits as needed
     * @param precision -1 for the usual one
     * @param keepZeros whether {@code g} keeps zeros at the end
     */
    static String of(double value, char type, int precision, boolean keepZeros) {
        double magnitude = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return (Double.isNaN(value) ? "nan" : "inf") + (type == '%' ? "%" : "");
        }
        if (type == ' ' && precision < 0) {
            return PythonFloat.repr(magnitude);
        }
        BigDecimal exact = new BigDecimal(magnitude);
        int digits = precision < 0 ? USUAL_PRECISION : precision;
        return switch (type) {
            case 'f' -> fixed(exact, digits);
            case '%' -> fixed(new BigDecimal(magnitude * 100), digits) + "%";
            case 'e' -> scientific(exact, digits);
            case 'g' -> general(exact, Math.max(digits, 1), keepZeros, 0);
            default -> general(exact, Math.max(digits, 1), false, 1);
        };
    }

    private static String fixed(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal value, int digits) {
        BigDecimal rounded = value.signum() == 0
                ? BigDecimal.ZERO
                : value.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa = fixed(rounded.movePointLeft(exponent), digits);
        return mantissa + exponent(exponent);
    }

    private static String exponent(int exponent) {
        int magnitude = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
    }

    /**
     * Fixed for middling sizes, else scientific.
     *
     * @param least digits behind the point where it is fixed: 1 keeps a float recognizable
     */
    private static String general(BigDecimal value, int digits, boolean keepZeros, int least) {
        BigDecimal rounded =
                value.signum() == 0 ? BigDecimal.ZERO : value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits - (least == 1 && digits > 1 ? 1 : 0)) {
            String text = scientific(rounded, digits - 1);
            int end = text.indexOf('e');
            return (keepZeros ? text.substring(0, end) : trimmed(text.substring(0, end), 0)) + text.substring(end);
        }
        String text = fixed(rounded, Math.max(digits - 1 - exponent, 0));
        return keepZeros ? text : trimmed(text, least);
    }

    /** Without zeros at the end behind the point, but for {@code least} digits. */
    private static String trimmed(String text, int least) {
        int point = text.indexOf('.');
        if (point < 0) {
            return least > 0 ? text + ".0" : text;
        }
        int end = text.length();
        while (end > point + 1 + least && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end == point + 1 ? point : end);
    }
}
