// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Arguments;
import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Callable;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A function or method of the language.
 *
 * @param least how many arguments without name it takes at least
 * @param names of those that may be given by name; null for any
 * @param instances what {@code isinstance} finds to be of this type; null if it is no type
 */
record Function(
        String name,
        int least,
        int most,
        @Nullable Set<String> names,
        Callable body,
        @Nullable Predicate<@Nullable Object> instances)
        implements Callable {
    /** Any number of arguments. */
    static final int MANY = 1_000;

    static Function of(String name, int least, int most, Callable body) {
        return new Function(name, least, most, Set.of(), body, null);
    }

    /** With arguments that may also be given by name. */
    Function naming(String... more) {
        return new Function(name, least, most, Set.copyOf(Arrays.asList(more)), body, instances);
    }

    Function typing(Predicate<@Nullable Object> kind) {
        return new Function(name, least, most, names, body, kind);
    }

    @Override
    public @Nullable Object call(Arguments arguments, Budget budget) {
        arguments.expect(name, least, most, names);
        return body.call(arguments, budget);
    }
}
