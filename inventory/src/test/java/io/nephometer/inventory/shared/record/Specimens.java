// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers, flavors and images for tests. */
final class Specimens {
    static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    static final Flavor SMALL = new Flavor(null, "m1.small", 1, 2048, 20, 0, 0, Map.of("hw:cpu_policy", "shared"));
    static final Flavor LARGE = new Flavor(null, "m1.large", 4, 8192, 80, 10, 512, Map.of());
    static final Image IMAGE = new Image(
            "image-1",
            "debian",
            "active",
            "project-1",
            "public",
            "bare",
            "qcow2",
            2_361_393_152L,
            2,
            512,
            NOON.minusSeconds(900),
            NOON.minusSeconds(800),
            Map.of("os_distro", "debian"));

    private Specimens() {}

    /** Every field has a value of its own. */
    static Server full() {
        return new Server(
                "id-1",
                "name \"quoted\" ü",
                "ACTIVE",
                "project-1",
                "user-1",
                "host-id-1",
                "compute-1",
                "node-1.example.org",
                "name-quoted",
                "instance-00000001",
                "image-1",
                "flavor-1",
                SMALL.withId("7"),
                "active",
                "resize_prep",
                1,
                "nova",
                "r-1",
                "kernel-1",
                "ramdisk-1",
                NOON.minusSeconds(400),
                NOON,
                NOON.minusSeconds(300).plusNanos(123_456_000),
                NOON.plusSeconds(100),
                Map.of("metering.stack", "s", "empty", ""),
                List.of("a", "b"));
    }

    /** As Nova tells a running server. */
    static Server running(@Nullable Instant updated, String name) {
        return new Server(
                "id-1",
                name,
                "ACTIVE",
                "project-1",
                "user-1",
                "host-id-1",
                "compute-1",
                "node-1.example.org",
                "name-quoted",
                "instance-00000001",
                "image-1",
                null,
                SMALL,
                "active",
                null,
                1,
                "nova",
                "r-1",
                null,
                null,
                NOON.minusSeconds(400),
                updated,
                NOON.minusSeconds(300),
                null,
                Map.of("metering.stack", "s"),
                List.of());
    }

    /** With the status alone and the id, as of a server whose cell is down. */
    static Server bare(String status) {
        return new Server(
                "id-1", null, status, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, Map.of(), List.of());
    }
}
