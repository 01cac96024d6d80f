// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.openstack.nova.Flavor;
import org.jspecify.annotations.Nullable;

/** The flavor in a versioned payload. */
final class FlavorPayload {
    private FlavorPayload() {}

    /** Null if it has no name. */
    static @Nullable Flavor of(Payload payload) {
        String name = payload.text("name");
        return name == null
                ? null
                : new Flavor(
                        payload.text("flavorid"),
                        name,
                        payload.number("vcpus"),
                        payload.number("memory_mb"),
                        payload.number("root_gb"),
                        payload.number("ephemeral_gb"),
                        payload.number("swap"),
                        payload.texts("extra_specs"));
    }
}
