// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.FlavorShape;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to an instance, as far as it matters to samples; the names are labels of metrics. */
public enum Change {
    CREATED,
    DELETED,
    /** It is on another host, or on none. */
    MOVED,
    /** It has another flavor. */
    RESIZED,
    /** It has another image. */
    REBUILT,
    /** Another state, or another task under way. */
    STATE,
    METADATA,
    NAME;

    /** As a metric label: {@code moved}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The weightiest difference; empty if there is none that matters. */
    public static Optional<Change> between(Server before, Server after) {
        if (!Objects.equals(before.host(), after.host())) {
            return Optional.of(MOVED);
        }
        if (!isSameFlavor(before, after)) {
            return Optional.of(RESIZED);
        }
        if (!Objects.equals(before.imageId(), after.imageId())) {
            return Optional.of(REBUILT);
        }
        if (!Objects.equals(before.vmState(), after.vmState())
                || !Objects.equals(before.taskState(), after.taskState())) {
            return Optional.of(STATE);
        }
        if (!before.metadata().equals(after.metadata())) {
            return Optional.of(METADATA);
        }
        return Objects.equals(before.name(), after.name()) ? Optional.empty() : Optional.of(NAME);
    }

    private static boolean isSameFlavor(Server before, Server after) {
        return (before.flavor() == null || after.flavor() == null)
                ? Objects.equals(flavorId(before), flavorId(after))
                : FlavorShape.of(before.flavor()).equals(FlavorShape.of(after.flavor()));
    }

    private static @Nullable String flavorId(Server server) {
        Flavor flavor = server.flavor();
        return flavor == null ? server.flavorId() : flavor.id();
    }
}
