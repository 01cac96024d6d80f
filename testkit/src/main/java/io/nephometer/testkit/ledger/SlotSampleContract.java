// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.ledger;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static io.nephometer.testkit.ledger.Messages.part;
import static io.nephometer.testkit.ledger.Messages.polled;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.samplesOnly;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static io.nephometer.testkit.ledger.Messages.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each meter of a resource has one sample in a slot, whoever measured it and however it came; the first commit wins. */
public abstract class SlotSampleContract {
    private static final Meter CPU = new Meter("cpu", MeterType.CUMULATIVE, "ns");

    /** The ledger of the running test, empty at its start. */
    protected abstract LedgerUnderTest ledger();

    private CommitReport commit(Processed... entries) {
        CommitOutcome outcome = ledger().writer().commit(new LedgerBatch("test", List.of(entries)));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report();
    }

    @Test
    void samplesOfASlotAreKeptExactly() {
        List<Sample> samples = List.of(
                slotted(SLOT, MEMORY, 1, 512), slotted(SLOT, CPU, 1, 7_000_000_000L), slotted(SLOT, MEMORY, 2, 64));

        CommitReport report = commit(measured(id(1), whole(SLOT, "compute-1"), samples));

        assertThat(report.fates()).containsExactly(Fate.SAMPLE_ONLY);
        assertThat(report.samples()).isEqualTo(3);
        assertThat(report.samplesRefused()).isZero();
        assertThat(ledger().samples()).containsExactlyElementsOf(samples);
    }

    @Test
    void sameMessageAgainIsDuplicate() {
        Processed.Measured message = measured(id(1), whole(SLOT, "compute-1"), List.of(slotted(SLOT, MEMORY, 1, 5)));
        commit(message);

        CommitReport report = commit(message, message);

        assertThat(report.fates()).containsOnly(Fate.DUPLICATE);
        assertThat(report.samplesRefused()).isZero();
        assertThat(ledger().samples()).hasSize(1);
    }

    @Test
    void firstCommitOfASampleWinsAndLaterOnesAreCounted() {
        commit(measured(id(1), whole(SLOT, "compute-1"), List.of(slotted(SLOT, MEMORY, 1, 5))));

        CommitReport report = commit(measured(
                id(2),
                whole(SLOT, "compute-2"),
                List.of(slotted(SLOT, MEMORY, 1, 6), slotted(SLOT, MEMORY, 2, 7), slotted(SLOT, CPU, 1, 8))));

        assertThat(report.samples()).isEqualTo(2);
        assertThat(report.samplesRefused()).isEqualTo(1);
        assertThat(ledger().samples())
                .containsExactlyInAnyOrder(
                        slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 7), slotted(SLOT, CPU, 1, 8));
    }

    @Test
    void firstWinsWithinABatchAndWithinAMessageToo() {
        CommitReport report = commit(
                measured(
                        id(1),
                        whole(SLOT, "compute-1"),
                        List.of(slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 1, 6))),
                measured(id(2), whole(SLOT, "compute-2"), List.of(slotted(SLOT, MEMORY, 1, 7))));

        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.samplesRefused()).isEqualTo(2);
        assertThat(ledger().samples()).containsExactly(slotted(SLOT, MEMORY, 1, 5));
    }

    @Test
    void meterIsKnownByItsNameWhateverUnitASecondSenderGivesIt() {
        Meter other = new Meter(MEMORY.name(), MeterType.CUMULATIVE, "MB");
        commit(measured(id(1), whole(SLOT, "compute-1"), List.of(slotted(SLOT, MEMORY, 1, 5))));

        CommitReport report = commit(measured(id(2), whole(SLOT, "compute-2"), List.of(slotted(SLOT, other, 1, 5))));

        assertThat(report.samplesRefused()).isEqualTo(1);
        assertThat(ledger().samples()).hasSize(1);
    }

    @Test
    void slotsOfOtherTimesIntervalsAndSourcesAreOthers() {
        List<Slot> slots = List.of(
                SLOT,
                SLOT.next(),
                new Slot(SLOT.source(), Duration.ofMinutes(1), SLOT.start()),
                new Slot("others", SLOT.interval(), SLOT.start()));
        List<Processed> messages = new ArrayList<>();
        for (Slot slot : slots) {
            messages.add(measured(id(messages.size()), whole(slot, "compute-1"), List.of(slotted(slot, MEMORY, 1, 5))));
        }

        CommitReport report = commit(messages.toArray(Processed[]::new));

        assertThat(report.samples()).isEqualTo(4);
        assertThat(ledger().samples()).extracting(Sample::id).doesNotHaveDuplicates();
        assertThat(ledger().samples())
                .extracting(Sample::origin)
                .containsExactlyInAnyOrderElementsOf(slots.stream()
                        .<Sample.Origin>map(Sample.Origin.Slotted::new)
                        .toList());
    }

    @Test
    void metersOfOneResourceWithMetadataOfTheirOwnAreAllKept() {
        Sample plain = slotted(SLOT, MEMORY, 1, 5);
        Sample other = new Sample(
                plain.origin(),
                CPU,
                9.5,
                plain.resourceId(),
                null,
                null,
                plain.timestamp().plusMillis(3),
                Map.of("cpu_number", 4L));

        commit(measured(id(1), whole(SLOT, "compute-1"), List.of(plain, other)));

        assertThat(ledger().samples()).containsExactly(plain, other);
    }

    @Test
    void partsInAnyOrderGiveAllSamplesOnce() {
        List<Processed> parts = new ArrayList<>();
        List<Sample> all = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            SlotPart part = part(SLOT, "compute-1", n, 5);
            List<Sample> samples = List.of(slotted(SLOT, MEMORY, n, n), slotted(SLOT, CPU, n, n));
            all.addAll(samples);
            parts.add(measured(id(n), part, samples));
        }
        Collections.reverse(parts);
        parts.forEach(this::commit);

        assertThat(ledger().samples()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void samplesOfNotificationsAndOfOtherProgramsAreAsBefore() {
        commit(
                converted(1),
                measured(id(2), whole(SLOT, "compute-1"), List.of(slotted(SLOT, MEMORY, 1, 5))),
                samplesOnly(id(3), "polled by another", List.of(polled(id(103), 2))));

        assertThat(ledger().samples())
                .containsExactly(slotted(SLOT, MEMORY, 1, 5), sample(id(1), 1), polled(id(103), 2));
    }

    @Test
    void emptySlotIsTaken() {
        assertThat(commit(measured(id(1), whole(SLOT, "compute-1"), List.of())).fates())
                .containsExactly(Fate.SAMPLE_ONLY);
        assertThat(ledger().samples()).isEmpty();
    }

    @Test
    void nameThatCannotBeStoredIsRejected() {
        Processed.Measured bad = measured(id(1), whole(SLOT, "compute\u0000"), List.of());

        assertThat(ledger().writer().commit(new LedgerBatch("test", List.of(bad))))
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, it -> assertThat(it.code())
                        .isEqualTo(CommitOutcome.Rejected.UNSTORABLE));
    }
}
