// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Comparing;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Iterables;
import io.nephometer.sources.polling.dynamic.expression.value.Keys;
import io.nephometer.sources.polling.dynamic.expression.value.Operators;
import io.nephometer.sources.polling.dynamic.expression.value.Tuple;
import io.nephometer.sources.polling.dynamic.expression.value.Types;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions that make lists and maps, or one value of many. */
final class ListFunctions {
    static final List<Function> ALL = List.of(
            Function.of("list", 0, 1, (arguments, budget) -> items(arguments, budget))
                    .typing(value -> value instanceof List),
            Function.of("tuple", 0, 1, (arguments, budget) -> new Tuple(items(arguments, budget)))
                    .typing(value -> value instanceof Tuple),
            new Function("dict", 0, 1, null, ListFunctions::map, value -> value instanceof Map),
            Function.of("sorted", 1, 1, ListFunctions::sorted).naming("key", "reverse"),
            Function.of("sum", 1, 2, ListFunctions::sum).naming("start"),
            Function.of("min", 1, Function.MANY, (arguments, budget) -> extreme("min", "<", arguments, budget))
                    .naming("key", "default"),
            Function.of("max", 1, Function.MANY, (arguments, budget) -> extreme("max", ">", arguments, budget))
                    .naming("key", "default"),
            Function.of("any", 1, 1, (arguments, budget) -> holds(arguments.at(0), true, budget)),
            Function.of("all", 1, 1, (arguments, budget) -> !holds(arguments.at(0), false, budget)));

    private ListFunctions() {}

    private static List<@Nullable Object> items(Arguments arguments, Budget budget) {
        return arguments.count() == 0 ? List.of() : Iterables.list(arguments.at(0), budget);
    }

    /** Of a map, or of pairs; with what is given by name. */
    private static Map<@Nullable Object, @Nullable Object> map(Arguments arguments, Budget budget) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        Object first = arguments.atOr(0, Map.of());
        if (first instanceof Map<?, ?> given) {
            budget.items(given.size());
            map.putAll(given);
        } else {
            for (Object pair : Iterables.list(first, budget)) {
                List<@Nullable Object> two = Iterables.list(pair, budget);
                if (two.size() != 2) {
                    throw new Fault(Fault.Kind.VALUE, "dict wants pairs, not " + two.size() + " items");
                }
                Keys.put(map, two.get(0), two.get(1));
            }
        }
        map.putAll(arguments.named());
        return map;
    }

    private static List<@Nullable Object> sorted(Arguments arguments, Budget budget) {
        List<@Nullable Object> items = Iterables.list(arguments.at(0), budget);
        UnaryOperator<@Nullable Object> key = Functions.unary(arguments.named().get("key"), budget);
        boolean reverse = Types.isTrue(arguments.named().get("reverse"));
        return new Sorting(budget, reverse).sorted(items, key);
    }

    private static @Nullable Object sum(Arguments arguments, Budget budget) {
        Object sum = arguments.atOr(1, "start", 0L);
        if (sum instanceof String) {
            throw Fault.type("sum cannot join texts; write ''.join(…)");
        }
        Iterator<@Nullable Object> items = Iterables.of(arguments.at(0), budget);
        while (items.hasNext()) {
            sum = Operators.of("+", sum, items.next(), budget);
        }
        return sum;
    }

    /** The first that no other is before. */
    private static @Nullable Object extreme(String name, String before, Arguments arguments, Budget budget) {
        boolean several = arguments.count() > 1;
        Iterator<@Nullable Object> items = Iterables.of(several ? arguments.positional() : arguments.at(0), budget);
        UnaryOperator<@Nullable Object> key = Functions.unary(arguments.named().get("key"), budget);
        if (!items.hasNext()) {
            if (arguments.named().containsKey("default")) {
                return arguments.named().get("default");
            }
            throw new Fault(Fault.Kind.VALUE, name + " of nothing; write default=…");
        }
        Object best = items.next();
        Object bestKey = key.apply(best);
        while (items.hasNext()) {
            Object item = items.next();
            Object itemKey = key.apply(item);
            if (Comparing.ordered(before, itemKey, bestKey, budget)) {
                best = item;
                bestKey = itemKey;
            }
        }
        return best;
    }

    /** Whether one of the items counts as {@code truth}. */
    private static boolean holds(@Nullable Object value, boolean truth, Budget budget) {
        Iterator<@Nullable Object> items = Iterables.of(value, budget);
        while (items.hasNext()) {
            if (Types.isTrue(items.next()) == truth) {
                return true;
            }
        }
        return false;
    }
}
