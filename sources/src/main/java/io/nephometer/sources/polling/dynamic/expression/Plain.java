// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Callable;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Iteration;
import io.nephometer.sources.polling.dynamic.expression.value.Shown;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes plain values, as JSON has them, of what an expression gives: tuples and the like become lists, keys become texts. */
public final class Plain {
    private final Budget budget = new Budget();

    private Plain() {}

    /**
     * The plain value.
     *
     * @param text the expression, for the message
     * @throws ExpressionException if it is a function, or too large
     */
    public static @Nullable Object of(@Nullable Object value, String text) throws ExpressionException {
        try {
            return new Plain().plain(value);
        } catch (Fault e) {
            throw new ExpressionException(e.kind(), text, 0, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object plain(@Nullable Object value) {
        budget.enter();
        Object plain =
                switch (value) {
                    case List<?> list -> items(list);
                    case Tuple tuple -> items(tuple);
                    case View view -> items(view);
                    case Iteration iteration -> items(iteration);
                    case Map<?, ?> map -> entries(map);
                    case Callable _ -> throw Fault.type("a function is no value");
                    case null, default -> value;
                };
        budget.leave();
        return plain;
    }

    private List<@Nullable Object> items(Object value) {
        List<@Nullable Object> items = new ArrayList<>();
        for (Object item : Iterables.list(value, budget)) {
            items.add(plain(item));
        }
        return items;
    }

    private Map<String, @Nullable Object> entries(Map<?, ?> map) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(Shown.str(key, budget), plain(item)));
        return entries;
    }
}
