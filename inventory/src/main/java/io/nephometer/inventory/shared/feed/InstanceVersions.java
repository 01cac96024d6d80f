// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.cache.Records;
import io.nephometer.model.InstanceVersion;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes versions of instances of what Nova tells, by its API or by notifications, in the words of its notifications. */
public final class InstanceVersions {
    /** The API tells whole seconds: what it shows may have become so at any moment of that second. */
    private static final long REST_OF_THE_SECOND = 999_999_000;

    /** Nova's ids have 36 characters. What is longer is no instance, and too long to look up by. */
    private static final int LONGEST_ID = 255;

    private InstanceVersions() {}

    /**
     * What the API tells.
     *
     * @param told when it was asked, on Nova's clock
     * @return empty if it tells too little: the cell that knows more is away
     */
    public static Optional<InstanceVersion> of(Server server, Instant told) {
        Instant updated = server.updated();
        if (updated == null || Records.isPartial(server)) {
            return Optional.empty();
        }
        Instant terminated = server.terminated();
        return Optional.of(new InstanceVersion(
                server.id(),
                updated.plusNanos(REST_OF_THE_SECOND),
                told,
                server.host(),
                server.launched(),
                terminated == null && server.isDeleted() ? updated : terminated,
                VersionFields.of(server)));
    }

    /**
     * What a notification tells.
     *
     * @param at its timestamp
     * @param payload plain JSON values
     * @return empty if it tells nothing that is new and right, or cannot be read
     */
    public static Optional<InstanceVersion> of(String eventType, Instant at, @Nullable Object payload) {
        Optional<EventType> known = EventType.of(eventType);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        EventType type = known.get();
        Optional<Payload> values = type.versioned() ? Payload.ofVersioned(payload) : Payload.of(payload);
        return values.flatMap(it -> version(type, at, it));
    }

    private static Optional<InstanceVersion> version(EventType type, Instant at, Payload payload) {
        String id = payload.text(type.versioned() ? "uuid" : "instance_id");
        String state = payload.text("state");
        if (id == null || id.length() > LONGEST_ID || state == null) {
            return Optional.empty();
        }
        Instant ended = EventTime.seconds(payload.text("terminated_at"));
        boolean isGone = type.kind() == EventKind.DELETE || state.equals("deleted");
        return Optional.of(new InstanceVersion(
                id,
                at,
                at,
                payload.text("host"),
                EventTime.seconds(payload.text("launched_at")),
                ended == null && isGone ? at : ended,
                type.versioned() ? VersionFields.ofVersioned(payload) : VersionFields.ofLegacy(payload)));
    }
}
