// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Truth and equality of plain values as definitions understand them: {@code true}, {@code 1} and {@code 1.0} are equal. */
public final class PlainValue {
    private PlainValue() {}

    /** Whether {@code value} is null, false, zero or empty. */
    public static boolean isFalsy(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean truth -> !truth;
            case String text -> text.isEmpty();
            case Long number -> number == 0;
            case BigInteger number -> number.signum() == 0;
            case Double number -> number == 0.0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    /** A form in which equal values are equal to Java too. */
    public static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth ? 1L : 0L;
            case Double number -> canonical(number);
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(canonical(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, item) -> entries.put(canonical(key), canonical(item)));
                yield entries;
            }
            default -> value;
        };
    }

    private static Object canonical(Double number) {
        if (!Double.isFinite(number) || number != Math.rint(number)) {
            return number;
        }
        return PlainNumber.smallest(new BigDecimal(number).toBigInteger());
    }
}
