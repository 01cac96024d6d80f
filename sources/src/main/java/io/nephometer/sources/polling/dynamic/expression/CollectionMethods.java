// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Comparing;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Keys;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of lists, tuples and maps. None changes anything. */
final class CollectionMethods {
    static final List<Function> OF_LIST = List.of(
            Function.of("count", 2, 2, CollectionMethods::count), Function.of("index", 2, 2, CollectionMethods::index));

    static final List<Function> OF_MAP = List.of(
            Function.of("get", 2, 3, (arguments, _) -> get(arguments)),
            Function.of(
                    "keys",
                    1,
                    1,
                    (arguments, _) -> new View("dict_keys", map(arguments).keySet())),
            Function.of(
                    "values",
                    1,
                    1,
                    (arguments, _) -> new View("dict_values", map(arguments).values())),
            Function.of("items", 1, 1, CollectionMethods::entries));

    private CollectionMethods() {}

    private static Object count(Arguments arguments, Budget budget) {
        long count = 0;
        Iterator<@Nullable Object> items = Iterables.of(arguments.at(0), budget);
        while (items.hasNext()) {
            count += Comparing.equal(items.next(), arguments.at(1), budget) ? 1 : 0;
        }
        return count;
    }

    private static Object index(Arguments arguments, Budget budget) {
        Iterator<@Nullable Object> items = Iterables.of(arguments.at(0), budget);
        for (long i = 0; items.hasNext(); i++) {
            if (Comparing.equal(items.next(), arguments.at(1), budget)) {
                return i;
            }
        }
        throw new Fault(Fault.Kind.VALUE, "index of an item that is not there");
    }

    private static @Nullable Object get(Arguments arguments) {
        Map<?, ?> map = map(arguments);
        Object key = Keys.in(map, arguments.at(1));
        return map.containsKey(key) ? map.get(key) : arguments.atOr(2, null);
    }

    private static Object entries(Arguments arguments, Budget budget) {
        Map<?, ?> map = map(arguments);
        budget.items(map.size());
        List<Tuple> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new Tuple(Arrays.asList(key, value))));
        return new View("dict_items", entries);
    }

    private static Map<?, ?> map(Arguments arguments) {
        if (arguments.at(0) instanceof Map<?, ?> map) {
            return map;
        }
        throw Fault.type("a method of dict, of something else");
    }
}
