// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and their values: those of a lambda or comprehension, then those around it, last the functions. */
final class Scope {
    private final Map<String, ? extends @Nullable Object> values;
    private final @Nullable Scope around;

    private Scope(Map<String, ? extends @Nullable Object> values, @Nullable Scope around) {
        this.values = values;
        this.around = around;
    }

    static Scope of(Map<String, ? extends @Nullable Object> values) {
        return new Scope(values, new Scope(Functions.ALL, null));
    }

    /** With names that hide those around; as many values as names. */
    Scope with(List<String> names, List<? extends @Nullable Object> bound) {
        Map<String, @Nullable Object> more = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            more.put(names.get(i), bound.get(i));
        }
        return new Scope(more, this);
    }

    @Nullable Object value(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        throw new Fault(Fault.Kind.NAME, "there is no value for " + name);
    }
}
