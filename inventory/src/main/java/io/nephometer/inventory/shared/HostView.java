// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer about one host.
 *
 * @param edition what the reader has now; null while the cache is not filled
 * @param entries by id; null if nothing moved since what the reader had, or the cache is not filled
 */
public record HostView(
        Head head, @Nullable Edition edition, @Nullable Map<String, Entry> entries) {
    public HostView {
        entries = entries == null ? null : Map.copyOf(entries);
    }
}
