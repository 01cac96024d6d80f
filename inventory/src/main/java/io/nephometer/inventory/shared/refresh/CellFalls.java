// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.record.RefreshRecord.Cells;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when the changes of each host that Nova does not reach may be hidden, so that a cell that comes and goes does not bring up again
 * what was told since another went. The record of the refresh has no room for it: whoever refreshes for the first time goes by when all
 * were reached. Not thread-safe.
 */
final class CellFalls {
    private final Map<String, Instant> hidden = new HashMap<>();

    /** As of which {@link Cells#checked} this is; of others it says nothing. */
    private @Nullable Instant checked;

    private boolean isOf(Cells known) {
        return known.checked().equals(checked) && known.isOf(hidden.keySet());
    }

    /**
     * Where a list of changes must begin.
     *
     * @param known before Nova was asked
     * @param unreached what it said
     */
    Instant since(Cells known, Set<String> unreached) {
        if (!isOf(known)) {
            boolean same = !unreached.isEmpty() && known.isOf(unreached);
            return same ? known.checked() : known.reached();
        }
        Instant since = known.checked();
        for (Map.Entry<String, Instant> host : hidden.entrySet()) {
            boolean back = !unreached.contains(host.getKey());
            since = back && host.getValue().isBefore(since) ? host.getValue() : since;
        }
        return since;
    }

    /** Such a list was read up to a moment. */
    void read(Cells known, Set<String> unreached, Instant until) {
        Instant fell = isOf(known) ? known.checked() : known.reached();
        Map<String, Instant> before = isOf(known) ? Map.copyOf(hidden) : Map.of();
        hidden.clear();
        unreached.forEach(host -> hidden.put(host, before.getOrDefault(host, fell)));
        checked = until;
    }
}
