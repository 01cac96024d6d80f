// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known, and since when.
 *
 * @param origin where it comes from
 * @param asOf the moment, on the clock of the service that told it, up to which it is complete; null if nothing was ever told
 * @param age time since then
 */
public record Answer<T>(T value, Origin origin, @Nullable Instant asOf, Duration age) {
    /** Where an answer comes from; a label of metrics. */
    public enum Origin {
        /** The services' APIs. */
        API,
        /** The cache that the agents of the cloud share. */
        SHARED,
        /** What Nova wrote into the domains on this host. */
        LIBVIRT,
        /** Nothing was told yet. */
        NONE
    }
}
