// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.benchmarks.central.Books.Window;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long after the lease of a killed member others had committed the first samples of each unit that it owned. With etcd nobody tells when
 * the lease ends; the earliest end is taken that there can be, so the time is no shorter than it was.
 */
final class TakeOver {
    /** Members beat so often in a lease. */
    private static final int BEATS = 3;

    private final Cluster cluster;
    private final String victim;
    private final Set<String> orphans;
    private Instant leaseEnd = Instant.MAX;

    private TakeOver(Cluster cluster, String victim, Set<String> orphans) {
        this.cluster = cluster;
        this.victim = victim;
        this.orphans = orphans;
    }

    /** To be called shortly before the kill. */
    static TakeOver of(Cluster cluster, String victim) {
        return new TakeOver(
                cluster,
                victim,
                cluster.owners().entrySet().stream()
                        .filter(entry -> entry.getValue().equals(victim))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    /** To be called at once after the kill. */
    void killed() {
        Instant known = cluster.servers().hasEtcd() ? null : cluster.books().leaseEnd(victim);
        Duration lease = cluster.timing().lease();
        leaseEnd = known == null ? Cluster.now().plus(lease).minus(lease.dividedBy(BEATS)) : known;
    }

    /** How many units were orphaned. */
    int orphans() {
        return orphans.size();
    }

    /** Notes the times of the orphaned units in the slot, which the victim has measured nothing of. */
    void measured(Stage stage, Instant slot) {
        Window window = new Window(
                slot, slot.plus(cluster.timing().interval()), cluster.timing().interval());
        for (SlotRecord record : cluster.books().slots(window)) {
            Instant committed = record.firstCommitted();
            if (orphans.contains(record.member()) && record.state() == SlotState.DONE && committed != null) {
                stage.takeOver(Duration.between(leaseEnd, committed));
            }
        }
    }
}
