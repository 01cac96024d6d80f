// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The methods of each type that has some. A method is a function whose first argument is what stands before the dot. */
final class Methods {
    private static final Map<String, Function> OF_TEXT = byName(List.of(TextMethods.ALL, SplittingMethods.ALL));
    private static final Map<String, Function> OF_LIST = byName(List.of(CollectionMethods.OF_LIST));
    private static final Map<String, Function> OF_MAP = byName(List.of(CollectionMethods.OF_MAP));

    private Methods() {}

    private static Map<String, Function> byName(List<List<Function>> functions) {
        return functions.stream().flatMap(List::stream).collect(Collectors.toUnmodifiableMap(Function::name, f -> f));
    }

    /** The names of all methods of all types. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(OF_TEXT.keySet());
        names.addAll(OF_LIST.keySet());
        names.addAll(OF_MAP.keySet());
        return names;
    }

    /** A method of the type {@code str}; null if it has no such method. */
    static @Nullable Function ofText(String name) {
        return OF_TEXT.get(name);
    }

    static @Nullable Object call(@Nullable Object receiver, String name, Arguments arguments, Budget budget) {
        Function method = of(receiver).get(name);
        if (method == null) {
            throw new Fault(Fault.Kind.ATTRIBUTE, Types.name(receiver) + " has no method " + name);
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(receiver);
        all.addAll(arguments.positional());
        return method.call(new Arguments(all, arguments.named()), budget);
    }

    private static Map<String, Function> of(@Nullable Object receiver) {
        return switch (receiver) {
            case String _ -> OF_TEXT;
            case List<?> _ -> OF_LIST;
            case Tuple _ -> OF_LIST;
            case Map<?, ?> _ -> OF_MAP;
            case null, default -> Map.of();
        };
    }
}
