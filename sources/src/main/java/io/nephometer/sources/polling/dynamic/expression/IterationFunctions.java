// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Callable;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Iteration;
import io.nephometer.sources.polling.dynamic.expression.value.Numbers;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions whose items are made when they are asked for. */
final class IterationFunctions {
    static final List<Function> ALL = List.of(
            Function.of("filter", 2, 2, IterationFunctions::filter),
            Function.of("map", 2, Function.MANY, IterationFunctions::map),
            Function.of("zip", 0, Function.MANY, IterationFunctions::zip),
            Function.of("enumerate", 1, 2, IterationFunctions::enumerate).naming("start"));

    private IterationFunctions() {}

    private static Iteration filter(Arguments arguments, Budget budget) {
        UnaryOperator<@Nullable Object> function = Functions.unary(arguments.at(0), budget);
        Predicate<@Nullable Object> wanted = item -> Types.isTrue(function.apply(item));
        return new Iteration("filter", new Filtered(Iterables.of(arguments.at(1), budget), wanted));
    }

    private static Iteration map(Arguments arguments, Budget budget) {
        if (!(arguments.at(0) instanceof Callable function)) {
            throw Fault.type("map wants a function, not " + Types.name(arguments.at(0)));
        }
        return together(
                "map", arguments.rest(), budget, items -> function.call(new Arguments(items, Map.of()), budget));
    }

    private static Iteration zip(Arguments arguments, Budget budget) {
        return together("zip", arguments, budget, Tuple::new);
    }

    private static Iteration enumerate(Arguments arguments, Budget budget) {
        Iterator<@Nullable Object> items = Iterables.of(arguments.at(0), budget);
        return new Iteration("enumerate", new Iterator<>() {
            private long number = Numbers.index(arguments.atOr(1, "start", 0L));

            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return new Tuple(Arrays.asList(number++, items.next()));
            }
        });
    }

    /** One item of each at a time, until the first of them ends. */
    private static Iteration together(
            String name,
            Arguments arguments,
            Budget budget,
            java.util.function.Function<List<@Nullable Object>, @Nullable Object> make) {
        List<Iterator<@Nullable Object>> sources = new ArrayList<>();
        arguments.positional().forEach(value -> sources.add(Iterables.of(value, budget)));
        return new Iteration(name, new Iterator<@Nullable Object>() {
            @Override
            public boolean hasNext() {
                return !sources.isEmpty() && sources.stream().allMatch(Iterator::hasNext);
            }

            @Override
            public @Nullable Object next() {
                List<@Nullable Object> items = new ArrayList<>();
                sources.forEach(source -> items.add(source.next()));
                return make.apply(items);
            }
        });
    }
}
