// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a service said of a flavor or image.
 *
 * @param thing empty if there was none of that id
 * @param at when it was asked, on the clock of the cache
 */
public record Told<T>(Optional<T> thing, Instant at) {
    /** Reads the thing itself. */
    @FunctionalInterface
    interface Reader<T> {
        T read(BodyFields body) throws BodyException;
    }

    static <T> Map<String, @Nullable Object> fields(
            Told<T> told, Function<? super T, Map<String, @Nullable Object>> fieldsOf) {
        return new BodyWriter()
                .put("at", told.at())
                .put("is", told.thing().map(fieldsOf).orElse(null))
                .fields();
    }

    static <T> Told<T> read(BodyFields body, Reader<T> reader) throws BodyException {
        BodyFields thing = body.partOrNull("is");
        return new Told<>(thing == null ? Optional.empty() : Optional.of(reader.read(thing)), body.time("at"));
    }
}
