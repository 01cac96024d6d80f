// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of the cloud, as of any time. It cannot write, so it may stand on any copy of the ledger: each answer says up to when
 * it is complete <em>where it was read</em>, seen in the same state of the database as the rest of it. Every method throws
 * {@link LedgerException} if the store fails. Thread-safe.
 */
public interface InventoryReader {
    /** What the inventory is complete of; empty if nobody ever read the source whole. */
    Optional<Mark> mark(String source);

    /**
     * The instances that lived in a period, of the hosts of one share, ordered by id. Each is as it was at the end of the period, if it had
     * been started by then; else as it was first known.
     *
     * @param source whose mark is told
     * @param share see {@link io.nephometer.model.HostShare}
     */
    Window window(String source, Period period, int share);

    /** Those of one share of instances, on whatever hosts, so that each is in one whenever it is asked for; else the same. */
    Window window(String source, Period period, InstanceShare share);

    /** Those of these instances that lived in a period, on whatever hosts; else the same. */
    Window window(String source, Period period, Collection<String> instances);

    /**
     * Those of a kind that were there at a time, ordered by id, each as it was then.
     *
     * @param source whose mark is told: what keeps that kind
     */
    Assets assets(String source, AssetKind kind, Instant at);

    /**
     * Those of one share of hosts alone; what is of no host has its place in one of them.
     *
     * @param share see {@link io.nephometer.model.HostShare}
     */
    Assets assets(String source, AssetKind kind, Instant at, int share);

    /**
     * Instances that ended before a time and after which something may have to be removed yet: none of which {@link CleanupDesk} says that it
     * is settled or given up. Ordered by id.
     *
     * @param share of the host it was on last
     * @param most as many at most
     */
    List<Ended> ended(Instant before, int share, int most);

    /** An instance that ended; host null if it was on none. */
    record Ended(String instance, @Nullable String host, Instant ended) {}

    /**
     * An answer.
     *
     * @param mark empty if nobody ever read the source whole
     */
    record Assets(Optional<Mark> mark, List<AssetVersion> assets) {
        public Assets {
            assets = List.copyOf(assets);
        }
    }

    /**
     * What the inventory is complete of, on the clock of the source.
     *
     * @param from of what happened before, something may be missing
     * @param until everything that happened before is known; never later than the ledger's clock now; of a mark that lies in the future, what is
     *     believed of it
     * @param updated when that was written, by the ledger's clock
     * @param future where the mark is written to be, if that is later than when it was written: some clock was wrong then; else null
     */
    record Mark(
            String source,
            Instant from,
            Instant until,
            Instant updated,
            @Nullable Instant future) {
        /** Whether it says anything. */
        public boolean isBelieved() {
            return future == null || until.isAfter(from);
        }
    }

    /**
     * An answer.
     *
     * @param mark empty if nobody ever read the source whole
     * @param unsure ids of those of which it is not certain that they were so at the end of the period: they were seen otherwise next, and
     *     nobody saw when they became so; or they were seen first when it was over
     */
    record Window(Optional<Mark> mark, List<InstanceVersion> instances, List<String> unsure) {
        public Window {
            instances = List.copyOf(instances);
            unsure = List.copyOf(unsure);
        }
    }
}
