// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.shared.SharedCacheException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flavors, or the images, that the instances of a host are made of.
 *
 * @param shelf the edition of their shelf as of which they are known; they are asked for again only when that moves
 * @param known by id; empty if the shared cache has none of that id
 */
record Needed<T>(long shelf, Map<String, Optional<T>> known) {
    Needed {
        known = Map.copyOf(known);
    }

    static <T> Needed<T> nothing() {
        return new Needed<>(-1, Map.of());
    }

    /** Asks the shared cache; what it does not have, or what cannot be read, is not in the answer. */
    @FunctionalInterface
    interface Question<T> {
        Map<String, T> ask(Collection<String> ids) throws SharedCacheException;
    }

    /** What is known of {@code ids} as of {@code edition}, this itself if it is that already. */
    Needed<T> of(Set<String> ids, long edition, Question<T> question) throws SharedCacheException {
        if (edition == shelf && ids.equals(known.keySet())) {
            return this;
        }
        Map<String, Optional<T>> held = new HashMap<>(edition == shelf ? known : Map.of());
        held.keySet().retainAll(ids);
        Set<String> unknown = new HashSet<>(ids);
        unknown.removeAll(held.keySet());
        if (!unknown.isEmpty()) {
            Map<String, T> answer = question.ask(unknown);
            unknown.forEach(id -> held.put(id, Optional.ofNullable(answer.get(id))));
        }
        return new Needed<>(edition, held);
    }

    /** Null if the cache has none of that id, or nobody needs it. */
    @Nullable T find(@Nullable String id) {
        return id == null ? null : known.getOrDefault(id, Optional.empty()).orElse(null);
    }

    int absent() {
        return (int) known.values().stream().filter(Optional::isEmpty).count();
    }
}
