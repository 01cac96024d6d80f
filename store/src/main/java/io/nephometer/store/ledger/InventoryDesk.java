// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * Writes what is known of the cloud, on the primary. Every method throws {@link LedgerException} if the store fails. Thread-safe.
 */
public interface InventoryDesk {
    /**
     * Takes up what was told, in one transaction. An older version never replaces a newer one.
     *
     * @return how many versions were new, or said more than was known
     */
    int put(Collection<InstanceVersion> told);

    /** {@link #complete(String, Instant, Instant, Duration)} of what was asked just now. */
    default boolean complete(String source, Instant from, Instant until) {
        return complete(source, from, until, Duration.ZERO);
    }

    /**
     * Everything that happened in {@code [from, until)} has been put. The mark moves only if it is at {@code from} or later already: a window
     * that does not join what is complete leaves it where it is. The first window of a source begins its mark, and so does one after which a
     * mark lies in the future. It never moves beyond the moment of the question by the ledger's clock, whatever the source's clock says.
     *
     * @param asked how long ago the source was asked
     * @return whether the inventory is complete up to then now
     */
    boolean complete(String source, Instant from, Instant until, Duration asked);

    /**
     * All instances that there are were told since {@code begun}. Those that were not, and were not in such a reading before either, have ended
     * without anybody telling it: they count as ended when they were told last.
     *
     * @return how many ended thus
     */
    int toldAllSince(Instant begun);

    /** The same as {@link #put} of hosts, flavors, volumes and attachments. */
    int putAssets(Collection<AssetVersion> told);

    /** The same as {@link #toldAllSince} of one of these kinds. */
    int toldAllAssetsSince(AssetKind kind, Instant begun);

    /** Takes or keeps the right to read a source, so that one process does; false while another has it. */
    boolean lease(String source, String reader, Duration time);
}
