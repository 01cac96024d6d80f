// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.START;
import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.garbage;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.polled;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.samplesOnly;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static io.nephometer.testkit.ledger.Messages.text;
import static io.nephometer.testkit.ledger.Messages.whole;

import io.nephometer.model.Event;
import io.nephometer.model.Existence;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The program that dies in the middle of a commit: address, step, "before" or "after", number of the batch. */
final class CrashingCommit {
    /** What a killed process leaves as its exit code. */
    static final int KILLED = 137;

    /** Events in each batch; one sample with each, one polled, and one of a slot. */
    static final int EVENTS = 2;

    private CrashingCommit() {}

    public static void main(String[] arguments) {
        CommitStep step = CommitStep.valueOf(arguments[1]);
        boolean before = arguments[2].equals("before");
        CommitProbe halt = new CommitProbe() {
            @Override
            public void before(CommitStep at) {
                if (before && at == step) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }

            @Override
            public void after(CommitStep at) {
                if (!before && at == step) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
        try (Ledger ledger = Ledgers.open(
                StoreUrl.parse(arguments[0]), LedgerOptions.DEFAULTS.withProbe(halt), InstantSource.system())) {
            ledger.commit(batch(Integer.parseInt(arguments[3])));
        }
    }

    /** A batch that needs every step: names, resources and metadata that are new, polled samples, something for recovery. */
    static LedgerBatch batch(int number) {
        int first = 100 * number;
        return new LedgerBatch(
                "crashing",
                List.of(
                        event(first),
                        exists(first + 1),
                        polledSample(first + 2),
                        slotPart(first + 3, number),
                        garbage("{" + number)));
    }

    private static Processed event(int n) {
        Event event = new Event(id(n), "type." + n, sample(id(n), n).timestamp(), List.of(text("n", "" + n)), null);
        return converted(event, "message " + n, List.of(sample(id(n), n)));
    }

    /** What may be metered once, and tells the inventory something. */
    private static Processed exists(int n) {
        Event event = new Event(
                id(n), "compute.instance.exists", sample(id(n), n).timestamp(), List.of(text("n", "" + n)), null);
        Processed.Converted told = converted(event, "message " + n, List.of(sample(id(n), n)));
        InstanceVersion version = new InstanceVersion("i-" + n, START, START, "compute-1", START, null, Map.of());
        Existence existence = new Existence("i-" + n, START, START.plusSeconds(3600), List.of());
        return new Processed.Converted(
                told.raw(), id(n), told.hash(), event, told.samples(), List.of(version), existence);
    }

    /** The whole of the slot with this number. */
    private static Processed slotPart(int n, int number) {
        Slot slot = new Slot(
                SLOT.source(),
                SLOT.interval(),
                SLOT.start().plus(SLOT.interval().multipliedBy(number)));
        SlotPart whole = whole(slot, "images");
        SlotPart underTenure =
                new SlotPart(slot, whole.member(), whole.measured(), 1, 1, List.of(), new Tenure("central-1", 1));
        return measured(id(n), underTenure, List.of(slotted(slot, MEMORY, n, n)));
    }

    private static Processed polledSample(int n) {
        return samplesOnly(id(n), "message " + n, List.of(polled(id(1_000_000 + n), n)));
    }
}
