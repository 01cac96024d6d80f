// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.KnownInstance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the cache knows of one instance. */
public sealed interface Knowledge {
    /**
     * The cache never heard of it, or has forgotten it.
     *
     * @param since when the last whole reading began, which had not heard of it either, on Nova's clock; null if nobody asked
     */
    record Nothing(@Nullable Instant since) implements Knowledge {}

    /** It is held, and what is held cannot be read: it counts as nothing, and is replaced. */
    record Unreadable(String why) implements Knowledge {}

    /** It is there. */
    record Here(CachedInstance instance) implements Knowledge {}

    /**
     * It was deleted, and nobody puts it back.
     *
     * @param last what it was until then; null if that is long ago or not known
     */
    record Gone(Instant at, @Nullable CachedInstance last) implements Knowledge {}

    /**
     * What an answer of the cache says.
     *
     * @param known null if it has nothing
     */
    static Knowledge of(@Nullable KnownInstance known) {
        return switch (known) {
            case null -> new Nothing(null);
            case KnownInstance.Gone(Instant at, String last) ->
                new Gone(at, last != null && read(last) instanceof Here(CachedInstance instance) ? instance : null);
            case KnownInstance.Held held when held.entry().isDamaged() -> new Unreadable("no entry of ours");
            case KnownInstance.Held held -> read(held.entry().body());
        };
    }

    private static Knowledge read(String body) {
        try {
            return new Here(InstanceBody.read(body));
        } catch (BodyException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
