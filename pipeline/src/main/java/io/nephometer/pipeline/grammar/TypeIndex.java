// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what is for which event type, so that patterns are matched once per type and not once per message. Thread-safe;
 * bounded in number and length, because senders may invent types without end.
 */
public final class TypeIndex<T> {
    private static final int MAX_TYPES = 10_000;
    private static final int MAX_LENGTH = 255;

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final Function<String, T> lookup;

    /** @param lookup what is for a type, at any cost */
    public TypeIndex(Function<String, T> lookup) {
        this.lookup = lookup;
    }

    /** What is for the type. */
    public T of(String eventType) {
        if (eventType.length() > MAX_LENGTH) {
            return lookup.apply(eventType);
        }
        T found = known.get(eventType);
        if (found == null) {
            found = lookup.apply(eventType);
            if (known.size() >= MAX_TYPES) {
                known.clear();
            }
            known.put(eventType, found);
        }
        return found;
    }
}
