// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flavor, from its own listing or embedded in a server.
 *
 * @param id null if embedded, which does not say it
 * @param memoryMiB memory in MiB
 * @param diskGiB root disk in GiB
 * @param ephemeralGiB in GiB
 * @param swapMiB in MiB
 */
public record Flavor(
        @Nullable String id,
        String name,
        int vcpus,
        int memoryMiB,
        int diskGiB,
        int ephemeralGiB,
        int swapMiB,
        Map<String, String> extraSpecs) {
    public Flavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }

    public Flavor withId(@Nullable String other) {
        return new Flavor(other, name, vcpus, memoryMiB, diskGiB, ephemeralGiB, swapMiB, extraSpecs);
    }

    public Flavor withExtraSpecs(Map<String, String> other) {
        return new Flavor(id, name, vcpus, memoryMiB, diskGiB, ephemeralGiB, swapMiB, other);
    }
}
