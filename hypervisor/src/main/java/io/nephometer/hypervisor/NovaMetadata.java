// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Nova's libvirt driver writes into a domain's XML ({@code nova:instance}, namespaces 1.0 and 1.1).
 *
 * @param name display name of the instance
 * @param created when Nova made the domain's description
 * @param imageId of the root disk; null if the instance boots from a volume
 * @param imageProperties what Nova from 2025.2 on says of the image; empty before
 */
public record NovaMetadata(
        String name,
        @Nullable Instant created,
        Flavor flavor,
        String projectId,
        @Nullable String projectName,
        String userId,
        @Nullable String userName,
        @Nullable String imageId,
        Map<String, String> imageProperties) {
    public NovaMetadata {
        imageProperties = Map.copyOf(imageProperties);
    }

    /**
     * The flavor as the XML describes it.
     *
     * @param id null before Nova 2025.2
     * @param memoryMiB memory in MiB
     * @param diskGiB root disk in GiB
     * @param ephemeralGiB in GiB
     * @param swapMiB in MiB
     * @param extraSpecs empty before Nova 2025.2
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
    }
}
