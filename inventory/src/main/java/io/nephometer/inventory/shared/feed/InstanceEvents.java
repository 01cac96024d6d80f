// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.shared.record.Observation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what notifications tell of instances, legacy ({@code compute.instance.*}) and versioned ({@code instance.*}) ones. */
public final class InstanceEvents {
    private static final String DELETED = "deleted";

    private InstanceEvents() {}

    /** Whether events of this type tell something, so that their payload is worth a look. */
    public static boolean areTold(String eventType) {
        return EventType.of(eventType).isPresent();
    }

    /**
     * What a notification tells.
     *
     * @param at its timestamp
     * @param payload plain JSON values
     * @return empty if it is about something else, or cannot be read
     */
    public static Optional<InstanceEvent> read(String eventType, Instant at, @Nullable Object payload) {
        return EventType.of(eventType).flatMap(type -> payload(type, payload).flatMap(it -> told(type.kind(), at, it)));
    }

    private static Optional<InstancePayload> payload(EventType type, @Nullable Object tree) {
        return type.versioned()
                ? Payload.ofVersioned(tree).map(InstancePayload.Versioned::new)
                : Payload.of(tree).map(InstancePayload.Legacy::new);
    }

    private static Optional<InstanceEvent> told(EventKind kind, Instant at, InstancePayload payload) {
        String id = payload.id();
        String state = payload.state();
        if (id == null || state == null) {
            return Optional.empty();
        }
        boolean isGone = kind == EventKind.DELETE || state.equals(DELETED);
        Observation observation = isGone
                ? new Observation.Deletion(id, at)
                : new Observation.Event(payload.server(id, state), payload.tells(), payload.flavorTold(), at);
        return Optional.of(new InstanceEvent(isGone ? EventKind.DELETE : kind, observation));
    }
}
