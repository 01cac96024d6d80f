// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service of Nova in a cell.
 *
 * @param binary such as {@code nova-compute}
 * @param lastSeen when it was heard of last, by the clock of whoever wrote that; null if never
 */
public record CellService(
        @Nullable String host,
        @Nullable String binary,
        @Nullable Instant lastSeen) {}
