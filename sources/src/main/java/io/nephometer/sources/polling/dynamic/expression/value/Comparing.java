// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality and order. */
@SuppressWarnings("ReferenceEquality") // as in Python: within a list what is the same thing is equal, NaN too
public final class Comparing {
    private Comparing() {}

    /** {@code a == b}: 1, 1.0 and true are equal; a list and a tuple never are. */
    public static boolean equal(@Nullable Object a, @Nullable Object b, Budget budget) {
        budget.enter();
        try {
            return switch (a) {
                case null -> b == null;
                case String text -> text.equals(b);
                case List<?> list -> b instanceof List<?> other && equalItems(list, other, budget);
                case Tuple tuple -> b instanceof Tuple other && equalItems(tuple.items(), other.items(), budget);
                case Map<?, ?> map -> b instanceof Map<?, ?> other && equalMaps(map, other, budget);
                default -> {
                    Number x = Numbers.number(a);
                    Number y = Numbers.number(b);
                    yield (x == null || y == null) ? a == b : (isOrdered(x, y) && compareNumbers(x, y) == 0);
                }
            };
        } finally {
            budget.leave();
        }
    }

    private static boolean equalItems(List<?> a, List<?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object item : a) {
            Object other = others.next();
            if (item != other && !equal(item, other, budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object key = Keys.in(b, entry.getKey());
            if (!b.containsKey(key) || !equal(entry.getValue(), b.get(key), budget)) {
                return false;
            }
        }
        return true;
    }

    /** {@code a < b} for {@code "<"}, and so on; only numbers, texts, lists and tuples have an order. */
    public static boolean ordered(String operator, @Nullable Object a, @Nullable Object b, Budget budget) {
        Number x = Numbers.number(a);
        Number y = Numbers.number(b);
        if (x != null && y != null) {
            return isOrdered(x, y) && holds(operator, compareNumbers(x, y));
        }
        if (a instanceof String text && b instanceof String other) {
            budget.search(Math.min(text.length(), other.length()), 1);
            return holds(operator, compareTexts(text, other));
        }
        if (a instanceof List<?> list && b instanceof List<?> other) {
            return orderedItems(operator, list, other, budget);
        }
        if (a instanceof Tuple tuple && b instanceof Tuple other) {
            return orderedItems(operator, tuple.items(), other.items(), budget);
        }
        throw Fault.type("%s does not order %s and %s".formatted(operator, Types.name(a), Types.name(b)));
    }

    /** The first items that differ decide, else the lengths. */
    private static boolean orderedItems(String operator, List<?> a, List<?> b, Budget budget) {
        int shorter = Math.min(a.size(), b.size());
        for (int i = 0; i < shorter; i++) {
            if (a.get(i) != b.get(i) && !equal(a.get(i), b.get(i), budget)) {
                budget.enter();
                boolean holds = ordered(operator, a.get(i), b.get(i), budget);
                budget.leave();
                return holds;
            }
        }
        return holds(operator, Integer.compare(a.size(), b.size()));
    }

    private static boolean holds(String operator, int comparison) {
        return switch (operator) {
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            default -> comparison >= 0;
        };
    }

    private static boolean isOrdered(Number a, Number b) {
        return !Double.isNaN(a.doubleValue()) && !Double.isNaN(b.doubleValue());
    }

    /** Of numbers that are not NaN; exactly, also where a float cannot tell the two apart. */
    private static int compareNumbers(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && (b instanceof Double || x.isInfinite())) {
            double y = b instanceof BigInteger ? 0 : b.doubleValue();
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (b instanceof Double y && y.isInfinite()) {
            return y > 0 ? -1 : 1;
        }
        return Numbers.exact(a).compareTo(Numbers.exact(b));
    }

    /** By code points, which differs from the order of Java's characters. */
    private static int compareTexts(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
