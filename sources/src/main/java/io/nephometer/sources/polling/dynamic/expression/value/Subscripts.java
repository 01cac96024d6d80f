// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code container[key]} and {@code container[from:to:step]}. */
public final class Subscripts {
    private Subscripts() {}

    /** One item. */
    public static @Nullable Object item(@Nullable Object container, @Nullable Object key, Budget budget) {
        return switch (container) {
            case Map<?, ?> map -> entry(map, key, budget);
            case List<?> list -> list.get(index(key, list.size(), "list"));
            case Tuple(var items) -> items.get(index(key, items.size(), "tuple"));
            case String text -> {
                budget.search(text.length(), 1);
                int start = Texts.offset(text, index(key, Texts.length(text), "text"));
                yield text.substring(start, start + Character.charCount(text.codePointAt(start)));
            }
            case null, default -> throw Fault.type("[…] behind " + Types.name(container));
        };
    }

    private static @Nullable Object entry(Map<?, ?> map, @Nullable Object key, Budget budget) {
        Object known = Keys.in(map, key);
        if (!map.containsKey(known)) {
            throw new Fault(Fault.Kind.KEY, "there is no key " + Shown.repr(key, budget));
        }
        return map.get(known);
    }

    private static int index(@Nullable Object key, int size, String what) {
        if (!Types.isWhole(key)) {
            throw Fault.type("an index must be a whole number, not " + Types.name(key));
        }
        int index = Numbers.index(key);
        int found = index < 0 ? index + size : index;
        if (found < 0 || found >= size) {
            throw new Fault(Fault.Kind.INDEX, "the %s has %d items, there is no [%d]".formatted(what, size, index));
        }
        return found;
    }

    /** Every {@code step}-th item from {@code from} until before {@code to}; null where nothing was said. */
    public static Object slice(
            @Nullable Object container,
            @Nullable Object from,
            @Nullable Object to,
            @Nullable Object step,
            Budget budget) {
        return switch (container) {
            case List<?> list -> picked(list, from, to, step, budget);
            case Tuple(var items) -> new Tuple(picked(items, from, to, step, budget));
            case String text -> {
                budget.text(text.length());
                int[] points = text.codePoints().toArray();
                StringBuilder slice = new StringBuilder();
                Range.of(points.length, from, to, step).forEach(i -> slice.appendCodePoint(points[i]));
                yield slice.toString();
            }
            case null, default -> throw Fault.type("[…:…] behind " + Types.name(container));
        };
    }

    private static List<@Nullable Object> picked(
            List<?> list, @Nullable Object from, @Nullable Object to, @Nullable Object step, Budget budget) {
        budget.items(list.size());
        List<@Nullable Object> picked = new ArrayList<>();
        Range.of(list.size(), from, to, step).forEach(i -> picked.add(list.get(i)));
        return picked;
    }
}
