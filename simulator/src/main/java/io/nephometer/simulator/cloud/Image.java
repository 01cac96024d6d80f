// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.Map;

/**
 * An active image.
 *
 * @param size bytes
 * @param minDisk GiB
 * @param minRam MiB
 * @param properties such as {@code os_distro}
 */
public record Image(
        String id,
        String name,
        Project owner,
        boolean isPublic,
        long size,
        int minDisk,
        int minRam,
        Instant created,
        Instant updated,
        Map<String, String> properties) {}
