// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Waits for slots to be in the ledger, and reads them. For one thread. */
final class Settling {
    private final String store;
    private final Duration interval;
    private final Instant from;
    private final Instant to;

    Settling(String store, Duration interval, Instant from, Instant to) {
        this.store = store;
        this.interval = interval;
        this.from = from;
        this.to = to;
    }

    /** Returns when every slot of every unit is done, or none is awaited any more. */
    List<SlotRecord> await() throws InterruptedException {
        Instant limit = to.plus(SlotRecord.patience(interval)).plus(interval);
        while (true) {
            List<SlotRecord> slots = slots();
            boolean open = slots.isEmpty() || slots.stream().anyMatch(slot -> slot.state() == SlotState.AWAITED);
            if (!open || WallClock.system().instant().isAfter(limit)) {
                return slots;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private List<SlotRecord> slots() {
        try (LedgerView ledger = open()) {
            List<SlotRecord> slots = new ArrayList<>();
            ledger.slots().slots(query(), slots::add);
            return slots;
        }
    }

    private SlotQuery query() {
        return new SlotQuery(CentralPlan.SOURCE, null, interval, from, to, Set.of(), null);
    }

    /** All samples of the slots. */
    Map<Slot, List<Sample>> samples() {
        Map<Slot, List<Sample>> samples = new TreeMap<>(Comparator.comparing(Slot::start));
        for (Instant start = from; start.isBefore(to); start = start.plus(interval)) {
            samples.put(new Slot(CentralPlan.SOURCE, interval, start), new ArrayList<>());
        }
        try (LedgerView ledger = open()) {
            ledger.reader().samples(LedgerQuery.ALL.between(from, to), sample -> {
                if (sample.origin() instanceof Sample.Origin.Slotted slotted) {
                    samples.computeIfPresent(slotted.slot(), (_, list) -> {
                        list.add(sample);
                        return list;
                    });
                }
            });
        }
        return samples;
    }

    private LedgerView open() {
        return RunLedger.open(store);
    }
}
