// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource as its last sample in the range of the question says.
 *
 * @param first time of its first sample in that range
 * @param last time of its last sample in that range
 * @param metadata as of {@code last}
 */
public record MeteredResource(
        String resourceId,
        @Nullable String projectId,
        @Nullable String userId,
        Instant first,
        Instant last,
        Map<String, @Nullable Object> metadata) {}
