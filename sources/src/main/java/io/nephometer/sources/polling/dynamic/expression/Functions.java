// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Callable;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All functions, by name. */
final class Functions {
    static final Map<String, Function> ALL = Stream.of(
                    NumberFunctions.ALL, ListFunctions.ALL, IterationFunctions.ALL, List.of(isInstance(), length()))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Function::name, f -> f));

    private Functions() {}

    private static Function length() {
        return Function.of("len", 1, 1, (arguments, _) -> Iterables.length(arguments.at(0)));
    }

    private static Function isInstance() {
        return Function.of("isinstance", 2, 2, (arguments, _) -> isInstance(arguments.at(0), arguments.at(1)));
    }

    private static boolean isInstance(@Nullable Object value, @Nullable Object type) {
        if (type instanceof Tuple(var types)) {
            return types.stream().anyMatch(one -> isInstance(value, one));
        }
        if (type instanceof Function function && function.instances() != null) {
            return function.instances().test(value);
        }
        throw Fault.type("isinstance wants a type (str, int, float, bool, list, dict, tuple), not " + Types.name(type));
    }

    /** What a function that takes a function makes of one value. */
    static UnaryOperator<@Nullable Object> unary(@Nullable Object function, Budget budget) {
        if (function == null) {
            return value -> value;
        }
        if (function instanceof Callable callable) {
            return value -> callable.call(Arguments.of(value), budget);
        }
        throw Fault.type("a function is wanted, not " + Types.name(function));
    }
}
