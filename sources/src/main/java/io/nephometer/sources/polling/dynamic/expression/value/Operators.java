// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators, for values of any type. */
public final class Operators {
    private Operators() {}

    /** {@code a operator b}. */
    public static @Nullable Object of(String operator, @Nullable Object a, @Nullable Object b, Budget budget) {
        if (operator.equals("%") && a instanceof String format) {
            return new PercentFormat(format, b, budget).text();
        }
        Number x = Numbers.number(a);
        Number y = Numbers.number(b);
        if (x != null && y != null) {
            return Arithmetic.of(operator, x, y, budget);
        }
        Object result =
                switch (operator) {
                    case "+" -> joined(a, b, budget);
                    case "*" -> Types.isWhole(b) ? repeated(a, b, budget) : repeated(b, a, budget);
                    default -> null;
                };
        if (result == null) {
            throw Fault.type("%s cannot take %s and %s".formatted(operator, Types.name(a), Types.name(b)));
        }
        return result;
    }

    /** {@code -value} or {@code +value}. */
    public static Number signed(boolean negative, @Nullable Object value) {
        return Arithmetic.signed(negative, value);
    }

    private static @Nullable Object joined(@Nullable Object a, @Nullable Object b, Budget budget) {
        if (a instanceof String text && b instanceof String other) {
            budget.text((long) text.length() + other.length());
            return text + other;
        }
        if (a instanceof List<?> list && b instanceof List<?> other) {
            return joined(list, other, budget);
        }
        return a instanceof Tuple tuple && b instanceof Tuple other
                ? new Tuple(joined(tuple.items(), other.items(), budget))
                : null;
    }

    private static List<@Nullable Object> joined(List<?> a, List<?> b, Budget budget) {
        budget.items((long) a.size() + b.size());
        List<@Nullable Object> joined = new ArrayList<>(a);
        joined.addAll(b);
        return joined;
    }

    /** Null if {@code a} cannot be repeated or {@code times} is no number. */
    private static @Nullable Object repeated(@Nullable Object a, @Nullable Object times, Budget budget) {
        if (!Types.isWhole(times)) {
            return null;
        }
        int count = Math.max(Numbers.index(times), 0);
        return switch (a) {
            case String text -> {
                budget.text((long) text.length() * count);
                yield text.repeat(text.isEmpty() ? 0 : count);
            }
            case List<?> list -> repeated(list, count, budget);
            case Tuple tuple -> new Tuple(repeated(tuple.items(), count, budget));
            case null, default -> null;
        };
    }

    private static List<@Nullable Object> repeated(List<?> list, int count, Budget budget) {
        budget.items((long) list.size() * count);
        List<@Nullable Object> repeated = new ArrayList<>();
        Collections.nCopies(list.isEmpty() ? 0 : count, list).forEach(repeated::addAll);
        return repeated;
    }
}
