// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A compute node as Nova has it: its capacity and use.
 *
 * @param host of the service
 * @param node the hypervisor's own name
 * @param columns all that is read of it, by column: texts, numbers ({@link Long}), times ({@link java.time.Instant})
 */
public record CellNode(String host, String node, Map<String, @Nullable Object> columns) {
    public CellNode {
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }
}
