// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.MEMORY;
import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.raw;
import static io.nephometer.testkit.ledger.Messages.slotted;
import static io.nephometer.testkit.ledger.Messages.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.BodyHash;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Pending;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LogEntry;
import io.nephometer.store.ledger.PendingSamples;
import io.nephometer.store.ledger.PendingSamples.Completion;
import io.nephometer.store.ledger.PendingSamples.Count;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the ledger does with samples whose metadata comes later, on every engine. */
abstract class PendingContract {
    private static final Map<String, Object> TOLD = Map.of("n", "web", "f", Map.of("c", 2L));
    private static final Map<String, Object> EXTRAS = Map.of("disk_name", "vda");
    private static final Map<String, Object> COMPLETE = Map.of("display_name", "web", "disk_name", "vda");

    abstract LedgerFixture fixture();

    private static Processed.Measured bare(int number, List<Sample> complete, Sample... waiting) {
        RawMessage raw = raw("bare " + number);
        List<Pending> pending = List.of(waiting).stream()
                .map(sample -> new Pending("instance-" + sample.resourceId(), TOLD, EXTRAS, List.of(sample)))
                .toList();
        return new Processed.Measured(
                raw,
                id(number),
                BodyHash.of(raw.body().unsafeArray()),
                whole(SLOT, "compute-" + number),
                complete,
                pending);
    }

    private List<PendingSamples> open() {
        return fixture().ledger().pending().list(0, 100, false);
    }

    private List<Sample> logged(long after) {
        List<Sample> samples = new ArrayList<>();
        for (LogEntry entry : fixture().ledger().log().after(after, 100)) {
            fixture().ledger().log().samples(entry, samples::add);
        }
        return samples;
    }

    private static Completion complete(PendingSamples pending) {
        return new Completion(pending.id(), "p-late", "u-late", COMPLETE);
    }

    @Test
    void whatCameWithoutMetadataIsThereAtOnceAndSaidToWait() {
        Instant now = fixture().clock().instant();
        fixture().commit(bare(1, List.of(slotted(SLOT, MEMORY, 1, 5)), slotted(SLOT, MEMORY, 2, 7)));

        assertThat(fixture().samples(LedgerQuery.ALL)).hasSize(2);
        assertThat(fixture().ledger().pending().count()).isEqualTo(new Count(1, 0, now));
        assertThat(fixture().ledger().pending().open()).isEqualTo(1);
        PendingSamples pending = open().getFirst();
        assertThat(pending.resource()).isEqualTo(slotted(SLOT, MEMORY, 2, 7).resourceId());
        assertThat(pending.instance()).isEqualTo("instance-" + pending.resource());
        assertThat(pending.told()).isEqualTo(TOLD);
        assertThat(pending.extras()).isEqualTo(EXTRAS);
        assertThat(pending.asOf()).isEqualTo(SLOT.start().plusSeconds(1));
        assertThat(pending.since()).isEqualTo(now);
    }

    @Test
    void completedSamplesKeepTheirIdsAndStandInTheLogOnceMore() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 7)));
        List<Sample> before = fixture().samples(LedgerQuery.ALL);
        long head = fixture().ledger().log().head();

        CommitOutcome outcome = fixture()
                .ledger()
                .pending()
                .complete(open().stream().map(PendingContract::complete).toList());

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> assertThat(
                        committed.report().samples())
                .isEqualTo(2));
        List<Sample> after = fixture().samples(LedgerQuery.ALL);
        assertThat(after)
                .extracting(Sample::id)
                .containsExactlyElementsOf(before.stream().map(Sample::id).toList());
        assertThat(after).allSatisfy(sample -> {
            assertThat(sample.metadata()).isEqualTo(COMPLETE);
            assertThat(sample.projectId()).isEqualTo("p-late");
            assertThat(sample.userId()).isEqualTo("u-late");
        });
        assertThat(after).extracting(Sample::volume).containsExactlyElementsOf(volumes(before));
        assertThat(logged(head)).containsExactlyInAnyOrderElementsOf(after);
        assertThat(fixture().ledger().pending().count()).isEqualTo(new Count(0, 0, null));
    }

    private static List<Number> volumes(List<Sample> samples) {
        return samples.stream().map(Sample::volume).toList();
    }

    @Test
    void whoeverReadsTheLogFromItsBeginningHasEachSampleOnceAndComplete() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5)));
        fixture().ledger().pending().complete(List.of(complete(open().getFirst())));

        assertThat(logged(0)).containsExactlyElementsOf(fixture().samples(LedgerQuery.ALL));
    }

    @Test
    void whatIsCompletedTwiceOrGivenUpIsPassedOver() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 7)));
        List<PendingSamples> both = open();
        fixture().ledger().pending().complete(List.of(complete(both.getFirst())));
        fixture().clock().advance(Duration.ofHours(1));
        assertThat(fixture().ledger().pending().giveUp(fixture().clock().instant()))
                .isEqualTo(1);
        long head = fixture().ledger().log().head();

        fixture()
                .ledger()
                .pending()
                .complete(both.stream().map(PendingContract::complete).toList());

        assertThat(fixture().ledger().log().head()).isEqualTo(head);
        assertThat(open()).isEmpty();
        assertThat(fixture().ledger().pending().list(0, 100, true))
                .singleElement()
                .satisfies(pending -> assertThat(pending.givenUp())
                        .isEqualTo(fixture().clock().instant()));
        assertThat(fixture().ledger().pending().count()).isEqualTo(new Count(0, 1, null));
    }

    @Test
    void whatIsYoungerIsNotGivenUp() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5)));
        assertThat(fixture().ledger().pending().giveUp(fixture().clock().instant()))
                .isZero();
        assertThat(open()).hasSize(1);
    }

    @Test
    void aSlotThatIsDeliveredAgainWaitsOnce() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5)));
        fixture().commit(bare(2, List.of(), slotted(SLOT, MEMORY, 1, 5)));
        assertThat(open()).hasSize(1);
    }

    @Test
    void pagesGoOnBehindTheLastId() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5), slotted(SLOT, MEMORY, 2, 7)));
        PendingSamples first = fixture().ledger().pending().list(0, 1, false).getFirst();
        assertThat(fixture().ledger().pending().list(first.id(), 100, false)).containsExactly(open().getLast());
    }

    @Test
    void retentionTakesWhatWaitsWithItsSamples() {
        fixture().commit(bare(1, List.of(), slotted(SLOT, MEMORY, 1, 5)));
        fixture().clock().advance(Duration.ofDays(2));
        Duration day = Duration.ofDays(1);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 1_000);
        assertThat(fixture().ledger().pending().list(0, 100, true)).isEmpty();
        assertThat(fixture().ledger().pending().count()).isEqualTo(new Count(0, 0, null));
    }
}
