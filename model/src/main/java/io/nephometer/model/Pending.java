// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a slot that came without the metadata of what was measured, and for which nobody could say it yet. They are
 * committed as they are, and completed later.
 *
 * @param instance whose metadata is missing; the samples are of it or of a part of it
 * @param told what the sender said of the instance, for whoever completes: plain JSON values
 * @param extras what belongs into the metadata of these samples beside that of the instance
 * @param samples all of one resource; their metadata is what is known without
 */
public record Pending(
        String instance,
        Map<String, @Nullable Object> told,
        Map<String, @Nullable Object> extras,
        List<Sample> samples) {
    public Pending {
        if (instance.isBlank()) {
            throw new IllegalArgumentException("samples wait for the metadata of an instance without id");
        }
        told = Collections.unmodifiableMap(new LinkedHashMap<>(told));
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
        samples = List.copyOf(samples);
    }

    /** The same with other samples: with other metadata, or fewer. */
    public Pending with(List<Sample> others) {
        return new Pending(instance, told, extras, others);
    }
}
