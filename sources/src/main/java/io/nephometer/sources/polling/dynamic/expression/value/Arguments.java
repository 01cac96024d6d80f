// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a function is called with. */
public final class Arguments {
    private final List<@Nullable Object> positional;
    private final Map<String, @Nullable Object> named;

    public Arguments(List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> named) {
        this.positional = Collections.unmodifiableList(new ArrayList<>(positional));
        this.named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    public static Arguments of(@Nullable Object... positional) {
        return new Arguments(Arrays.asList(positional), Map.of());
    }

    /** How many have no name. */
    public int count() {
        return positional.size();
    }

    public List<@Nullable Object> positional() {
        return positional;
    }

    public Map<String, @Nullable Object> named() {
        return named;
    }

    /** Checks the number of those without a name, and the names of the others; null allows any. */
    public void expect(String function, int least, int most, @Nullable Set<String> names) {
        if (count() < least || count() > most) {
            String wanted = least == most ? String.valueOf(least) : least + " to " + most;
            throw Fault.type(function + " takes " + wanted + " arguments, not " + count());
        }
        for (String name : named.keySet()) {
            if (names != null && !names.contains(name)) {
                throw Fault.type(function + " takes no argument " + name);
            }
        }
    }

    /** One that must be there. */
    public @Nullable Object at(int index) {
        return positional.get(index);
    }

    public @Nullable Object atOr(int index, @Nullable Object otherwise) {
        return index < positional.size() ? positional.get(index) : otherwise;
    }

    /** By its place or its name. */
    public @Nullable Object atOr(int index, String name, @Nullable Object otherwise) {
        return index < positional.size() ? positional.get(index) : named.getOrDefault(name, otherwise);
    }

    /** Those behind the first. */
    public Arguments rest() {
        return new Arguments(positional.subList(1, positional.size()), named);
    }
}
