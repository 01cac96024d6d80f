// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.store.ledger.ClusterView.UnitOwner;
import io.nephometer.store.ledger.LedgerView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What became of the work of an agent that was killed.
 *
 * @param killed its name
 * @param at when
 * @param units what it owned then
 * @param slowest how long after the kill the last of them had another owner; negative if one has none
 */
record TakeOver(String killed, Instant at, Set<String> units, Duration slowest) {
    private static final Duration NEVER = Duration.ofSeconds(-1);

    TakeOver {
        units = Set.copyOf(units);
    }

    /** Of the agent that owns most units now, which is about to be killed. */
    static TakeOver ofBusiest(String store, InstantSource clock) throws IOException {
        Map<String, Set<String>> owned = owners(store).stream()
                .collect(Collectors.groupingBy(
                        owner -> owner.tenure().owner(),
                        Collectors.mapping(owner -> owner.unit().name(), Collectors.toSet())));
        return owned.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(entry -> new TakeOver(entry.getKey(), clock.instant(), entry.getValue(), NEVER))
                .orElseThrow(() -> new IOException("nobody owns any work"));
    }

    /** The same, at the moment when it died. */
    TakeOver at(Instant moment) {
        return new TakeOver(killed, moment, units, slowest);
    }

    /** The same, once all units have another owner; for as long as the limit it is waited for that. */
    TakeOver awaited(String store, Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < limit.toNanos()) {
            List<UnitOwner> taken = owners(store).stream()
                    .filter(owner -> units.contains(owner.unit().name())
                            && !owner.tenure().owner().equals(killed))
                    .toList();
            if (taken.size() == units.size()) {
                Duration last = taken.stream()
                        .map(owner -> Duration.between(at, owner.since()))
                        .max(Comparator.naturalOrder())
                        .orElse(NEVER);
                return new TakeOver(killed, at, units, last);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return this;
    }

    private static List<UnitOwner> owners(String store) {
        try (LedgerView ledger = RunLedger.open(store)) {
            return ledger.cluster().owners();
        }
    }
}
