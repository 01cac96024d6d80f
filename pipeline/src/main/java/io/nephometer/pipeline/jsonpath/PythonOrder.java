// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Python's equality, order and sorting of JSON values. */
final class PythonOrder {
    /** Shorter lists are sorted by insertion alone, as Python does, which shows where an order contradicts itself. */
    private static final int SHORT = 64;

    /** What a comparison with NaN gives. */
    private static final int UNORDERED = 2;

    private PythonOrder() {}

    /** The order that a sort goes by. */
    @FunctionalInterface
    interface Less {
        boolean test(@Nullable Object left, @Nullable Object right);
    }

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        if (PythonNumber.isNumber(left)) {
            return PythonNumber.isNumber(right) && compare(left, right) == 0;
        }
        if (left instanceof List<?> list && right instanceof List<?> other) {
            return list.size() == other.size() && firstDifference(list, other) == list.size();
        }
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
            return map.size() == other.size()
                    && map.entrySet().stream()
                            .allMatch(entry -> other.containsKey(entry.getKey())
                                    && equal(entry.getValue(), other.get(entry.getKey())));
        }
        return Objects.equals(left, right);
    }

    /** {@code left < right}; raises where the two have no order. */
    static boolean less(@Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> list && right instanceof List<?> other) {
            int at = firstDifference(list, other);
            boolean withinBoth = at < list.size() && at < other.size();
            return withinBoth ? less(list.get(at), other.get(at)) : list.size() < other.size();
        }
        return order(left, right) == -1;
    }

    /** {@code left <= right} of numbers or texts; raises where the two have no order. */
    static boolean atMost(@Nullable Object left, @Nullable Object right) {
        int order = order(left, right);
        return order == -1 || order == 0;
    }

    /** -1, 0, 1, or {@link #UNORDERED}. */
    private static int order(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String text && right instanceof String other) {
            return compareText(text, other);
        }
        if (left == null || right == null || !PythonNumber.isNumber(left) || !PythonNumber.isNumber(right)) {
            throw new JsonPathEvaluationException(
                    "order between " + PythonText.typeOf(left) + " and " + PythonText.typeOf(right));
        }
        return compare(left, right);
    }

    /** Exact between integers and fractions. */
    private static int compare(Object left, Object right) {
        if (PythonNumber.isSmall(left) && PythonNumber.isSmall(right)) {
            return Long.compare(PythonNumber.small(left), PythonNumber.small(right));
        }
        boolean leftInteger = PythonNumber.isInteger(left);
        if (leftInteger && PythonNumber.isInteger(right)) {
            return PythonNumber.big(left).compareTo(PythonNumber.big(right));
        }
        if (leftInteger) {
            int reversed = compare(right, left);
            return reversed == UNORDERED ? UNORDERED : -reversed;
        }
        double fraction = ((Number) left).doubleValue();
        if (Double.isNaN(fraction)) {
            return UNORDERED;
        }
        if (PythonNumber.isInteger(right) && !Double.isInfinite(fraction)) {
            return new BigDecimal(fraction).compareTo(new BigDecimal(PythonNumber.big(right)));
        }
        return compareFractions(fraction, PythonNumber.isInteger(right) ? 0 : ((Number) right).doubleValue());
    }

    private static int compareFractions(double left, double right) {
        if (Double.isNaN(right)) {
            return UNORDERED;
        }
        return left < right ? -1 : left > right ? 1 : 0;
    }

    /** By code point, not by UTF-16 unit. */
    private static int compareText(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean supplementary = Character.isSurrogate(a);
                return supplementary == Character.isSurrogate(b) ? Integer.compare(a, b) : supplementary ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int firstDifference(List<?> left, List<?> right) {
        int at = 0;
        Iterator<?> others = right.iterator();
        for (Object item : left) {
            if (!others.hasNext() || !equal(item, others.next())) {
                return at;
            }
            at++;
        }
        return at;
    }

    /** Sorts in place; stable; asks only {@code less}. */
    static void sort(List<@Nullable Object> items, Less less) {
        if (items.size() < SHORT) {
            insert(items, ascend(items, less), less);
            return;
        }
        int middle = items.size() / 2;
        List<@Nullable Object> first = new ArrayList<>(items.subList(0, middle));
        List<@Nullable Object> second = new ArrayList<>(items.subList(middle, items.size()));
        sort(first, less);
        sort(second, less);
        merge(first, second, items, less);
    }

    /** Turns a strictly falling start around and returns how many items from the start are in order. */
    private static int ascend(List<@Nullable Object> items, Less less) {
        int run = Math.min(2, items.size());
        if (run < 2) {
            return run;
        }
        boolean falling = less.test(items.get(1), items.get(0));
        while (run < items.size() && less.test(items.get(run), items.get(run - 1)) == falling) {
            run++;
        }
        if (falling) {
            Collections.reverse(items.subList(0, run));
        }
        return run;
    }

    private static void insert(List<@Nullable Object> items, int ordered, Less less) {
        for (int next = ordered; next < items.size(); next++) {
            Object item = items.get(next);
            int low = 0;
            int high = next;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (less.test(item, items.get(middle))) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            items.remove(next);
            items.add(low, item);
        }
    }

    private static void merge(
            List<@Nullable Object> first, List<@Nullable Object> second, List<@Nullable Object> into, Less less) {
        int i = 0;
        int j = 0;
        for (int at = 0; at < into.size(); at++) {
            boolean fromSecond = i == first.size() || (j < second.size() && less.test(second.get(j), first.get(i)));
            into.set(at, fromSecond ? second.get(j++) : first.get(i++));
        }
    }
}
