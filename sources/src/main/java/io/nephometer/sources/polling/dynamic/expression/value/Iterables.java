// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** Walking values: lists, tuples, views, iterations, the keys of maps, the characters of texts. */
public final class Iterables {
    private Iterables() {}

    /** The items, each of which costs a step. */
    public static Iterator<@Nullable Object> of(@Nullable Object value, Budget budget) {
        Iterator<? extends @Nullable Object> items = items(value);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public @Nullable Object next() {
                budget.step();
                return items.next();
            }
        };
    }

    private static Iterator<? extends @Nullable Object> items(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.iterator();
            case Tuple tuple -> tuple.items().iterator();
            case View view -> view.items().iterator();
            case Iteration iteration -> iteration.items();
            case Map<?, ?> map -> map.keySet().iterator();
            case String text -> characters(text);
            case null, default -> throw Fault.type(Types.name(value) + " has no items");
        };
    }

    private static Iterator<String> characters(String text) {
        PrimitiveIterator.OfInt points = text.codePoints().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return points.hasNext();
            }

            @Override
            public String next() {
                return Character.toString(points.nextInt());
            }
        };
    }

    /** All items. */
    public static List<@Nullable Object> list(@Nullable Object value, Budget budget) {
        List<@Nullable Object> list = new ArrayList<>();
        Iterator<@Nullable Object> items = of(value, budget);
        while (items.hasNext()) {
            if (list.size() == Budget.MOST_ITEMS) {
                budget.items(list.size() + 1L);
            }
            list.add(items.next());
        }
        return list;
    }

    /** How many items there are; iterations do not know. */
    public static long length(@Nullable Object value) {
        return switch (value) {
            case String text -> Texts.length(text);
            case List<?> list -> list.size();
            case Tuple tuple -> tuple.items().size();
            case Map<?, ?> map -> map.size();
            case View view -> view.items().size();
            case null, default -> throw Fault.type(Types.name(value) + " has no length");
        };
    }

    /** {@code item in container}. */
    @SuppressWarnings("ReferenceEquality") // as in Python: what is the same thing is in it, NaN too
    public static boolean contains(@Nullable Object container, @Nullable Object item, Budget budget) {
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(Keys.in(map, item));
        }
        if (container instanceof String text) {
            if (!(item instanceof String part)) {
                throw Fault.type("only a text can be in a text, not " + Types.name(item));
            }
            budget.search(text.length(), part.length());
            return text.contains(part);
        }
        Iterator<@Nullable Object> items = of(container, budget);
        while (items.hasNext()) {
            Object next = items.next();
            if (next == item || Comparing.equal(next, item, budget)) {
                return true;
            }
        }
        return false;
    }
}
