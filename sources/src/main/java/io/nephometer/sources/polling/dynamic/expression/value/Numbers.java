// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers from values and back: whole ones are Long while they fit. */
public final class Numbers {
    private Numbers() {}

    /** A whole number, or a truth value as 1 or 0; only for those. */
    public static BigInteger big(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case Long number -> BigInteger.valueOf(number);
            case BigInteger number -> number;
            case null, default -> throw Fault.type("expected a whole number, found " + Types.name(value));
        };
    }

    /** A truth value as number, any other number as it is; null if it is none. */
    public static @Nullable Number number(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth ? 1L : 0L;
            case Number number -> number;
            case null, default -> null;
        };
    }

    /** The nearest float of a number. */
    public static double real(Number number) {
        double real = number.doubleValue();
        if (Double.isInfinite(real) && number instanceof BigInteger) {
            throw new Fault(Fault.Kind.OVERFLOW, "a whole number too large for a float");
        }
        return real;
    }

    /** A whole number that fits an int, or the nearest that does; for counts and indexes. */
    public static int index(@Nullable Object value) {
        BigInteger number = big(value);
        return number.bitLength() < Integer.SIZE
                ? number.intValue()
                : number.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    public static Number whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    /** Exactly what a finite number is. */
    static BigDecimal exact(Number number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigInteger whole -> new BigDecimal(whole);
            default -> new BigDecimal(number.doubleValue());
        };
    }
}
