// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be a key of a map: a text, a number, a truth value, null, or a tuple of them. Equal numbers are one key. */
public final class Keys {
    private Keys() {}

    /** The key of {@code map} that equals {@code key}; {@code key} itself if there is none. */
    public static @Nullable Object in(Map<?, ?> map, @Nullable Object key) {
        check(key);
        if (key == null || key instanceof String || map.containsKey(key)) {
            return key;
        }
        Number number = Numbers.number(key);
        if (number != null) {
            for (Object same : equals(number)) {
                if (map.containsKey(same)) {
                    return same;
                }
            }
        }
        return key;
    }

    private static void check(@Nullable Object key) {
        if (key instanceof Tuple(var items)) {
            items.forEach(Keys::check);
        } else if (key != null && !(key instanceof String) && !Types.isNumber(key)) {
            throw Fault.type("a key must be a text, a number, True, False, None or a tuple, not " + Types.name(key));
        }
    }

    /** What equals a number. */
    private static List<Object> equals(Number number) {
        double real = number.doubleValue();
        if (real == 0) {
            return List.of(0L, 0.0, -0.0, false);
        }
        if (real == 1) {
            return List.of(1L, 1.0, true);
        }
        if (number instanceof Double) {
            boolean isWhole = !Double.isInfinite(real) && real == Math.rint(real);
            return isWhole ? List.of(Numbers.whole(Numbers.exact(number).toBigInteger())) : List.of();
        }
        boolean isExact = !Double.isInfinite(real) && Numbers.exact(real).compareTo(Numbers.exact(number)) == 0;
        return isExact ? List.of(real) : List.of();
    }

    /** Puts an entry; of an equal key the first form stays. */
    public static void put(Map<@Nullable Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
        map.put(in(map, key), value);
    }
}
