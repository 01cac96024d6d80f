// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.ledger;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.eventRefused;
import static io.nephometer.testkit.ledger.Messages.garbage;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.polled;
import static io.nephometer.testkit.ledger.Messages.sample;
import static io.nephometer.testkit.ledger.Messages.samplesOnly;
import static io.nephometer.testkit.ledger.Messages.unmatched;
import static io.nephometer.testkit.ledger.Messages.unprocessable;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a ledger decides about messages: new, known, in conflict, or to be kept for a human. Implementations subclass it and
 * give an empty ledger to each test. See also {@link LedgerFidelityContract}.
 */
public abstract class LedgerContract {
    /** The ledger of the running test, empty at its start. */
    protected abstract LedgerUnderTest ledger();

    /** Commits, and fails the test if the answer is not a report. */
    protected final CommitReport commit(Processed... entries) {
        CommitOutcome outcome = offer(entries);
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report();
    }

    protected final CommitOutcome offer(Processed... entries) {
        return ledger().writer().commit(new LedgerBatch("test", List.of(entries)));
    }

    @Test
    void newMessagesBecomeEventsAndSamples() {
        CommitReport report = commit(converted(1), converted(2));

        assertThat(report.fates()).containsExactly(Fate.EVENT, Fate.EVENT);
        assertThat(report.samples()).isEqualTo(2);
        assertThat(report.samplesRefused()).isZero();
        assertThat(ledger().events())
                .containsExactlyInAnyOrder(converted(1).event(), converted(2).event());
        assertThat(ledger().samples()).containsExactly(sample(id(1), 1), sample(id(2), 2));
    }

    @Test
    void emptyBatchIsCommitted() {
        assertThat(commit().fates()).isEmpty();
    }

    @Test
    void messageCommittedBeforeIsDuplicateAndDerivesNothing() {
        commit(converted(1));

        CommitReport report = commit(converted(1), converted(2));

        assertThat(report.fates()).containsExactly(Fate.DUPLICATE, Fate.EVENT);
        assertThat(report.samples()).isEqualTo(1);
        assertThat(ledger().events()).hasSize(2);
        assertThat(ledger().samples()).hasSize(2);
    }

    @Test
    void knownMessageDerivesNothingEvenIfDefinitionsNowMakeMoreOfIt() {
        commit(unmatched(id(1), "message 1"));

        CommitReport report = commit(converted(1));

        assertThat(report.fates()).containsExactly(Fate.DUPLICATE);
        assertThat(ledger().events()).isEmpty();
        assertThat(ledger().samples()).isEmpty();
    }

    @Test
    void sameMessageTwiceInOneBatchCountsOnce() {
        CommitReport report = commit(converted(1), converted(1), converted(1));

        assertThat(report.fates()).containsExactly(Fate.EVENT, Fate.DUPLICATE, Fate.DUPLICATE);
        assertThat(ledger().events()).hasSize(1);
        assertThat(ledger().samples()).hasSize(1);
        assertThat(ledger().recovery()).isEmpty();
    }

    @Test
    void sameIdWithOtherContentIsConflictAndKept() {
        commit(converted(1));

        CommitReport report = commit(converted(id(1), "another", List.of(sample(id(1), 9))));

        assertThat(report.fates()).containsExactly(Fate.CONFLICT);
        assertThat(ledger().events()).containsExactly(converted(1).event());
        assertThat(ledger().samples()).containsExactly(sample(id(1), 1));
        assertThat(ledger().recovery())
                .containsExactly(new LedgerUnderTest.Kept(Bytes.utf8("another"), Failure.Kind.CONFLICT, false, 1));
    }

    @Test
    void conflictWithinOneBatchIsDecidedInOrderOfDelivery() {
        CommitReport report = commit(converted(1), converted(id(1), "another", List.of()), converted(1), converted(2));

        assertThat(report.fates()).containsExactly(Fate.EVENT, Fate.CONFLICT, Fate.DUPLICATE, Fate.EVENT);
        assertThat(ledger().events()).hasSize(2);
    }

    @Test
    void conflictThatComesAgainIsKeptOnce() {
        commit(converted(1), converted(id(1), "another", List.of()));

        CommitReport report = commit(converted(id(1), "another", List.of()));

        assertThat(report.fates()).containsExactly(Fate.DUPLICATE);
        assertThat(ledger().recovery()).singleElement().satisfies(kept -> {
            assertThat(kept.kind()).isEqualTo(Failure.Kind.CONFLICT);
            assertThat(kept.seen()).isEqualTo(2);
        });
    }

    @Test
    void unprocessableMessageIsKeptWholeAndMayBeProcessedLater() {
        assertThat(commit(unprocessable(1)).fates()).containsExactly(Fate.RECOVERED);
        assertThat(ledger().samples()).isEmpty();

        assertThat(commit(converted(1)).fates()).containsExactly(Fate.EVENT);

        assertThat(ledger().samples()).hasSize(1);
        assertThat(ledger().recovery())
                .containsExactly(
                        new LedgerUnderTest.Kept(Bytes.utf8("message 1"), Failure.Kind.METER_CONVERSION, false, 1));
    }

    @Test
    void unprocessableMessageThatComesAgainRaisesItsCount() {
        commit(garbage("{"), unprocessable(1));

        CommitReport report = commit(unprocessable(1), garbage("{"), garbage("{"));

        assertThat(report.fates()).containsOnly(Fate.DUPLICATE);
        assertThat(ledger().recovery())
                .containsExactlyInAnyOrder(
                        new LedgerUnderTest.Kept(Bytes.utf8("{"), Failure.Kind.NOT_JSON, false, 3),
                        new LedgerUnderTest.Kept(Bytes.utf8("message 1"), Failure.Kind.METER_CONVERSION, false, 2));
    }

    @Test
    void garbageTwiceInOneBatchIsKeptOnce() {
        CommitReport report = commit(garbage("{"), garbage("{"), garbage("["));

        assertThat(report.fates()).containsExactly(Fate.RECOVERED, Fate.DUPLICATE, Fate.RECOVERED);
        assertThat(ledger().recovery()).hasSize(2);
    }

    @Test
    void knownMessageThatCannotBeProcessedAnyMoreIsDuplicate() {
        commit(converted(1));

        assertThat(commit(unprocessable(1)).fates()).containsExactly(Fate.DUPLICATE);

        assertThat(ledger().recovery()).isEmpty();
    }

    @Test
    void unprocessableMessageUnderKnownIdWithOtherContentIsConflict() {
        commit(converted(id(1), "another", List.of()));

        assertThat(commit(unprocessable(1)).fates()).containsExactly(Fate.CONFLICT);

        assertThat(ledger().recovery()).extracting(LedgerUnderTest.Kept::kind).containsExactly(Failure.Kind.CONFLICT);
    }

    @Test
    void refusedEventGoesToRecoveryAndIsStillMetered() {
        CommitReport report = commit(eventRefused(1));

        assertThat(report.fates()).containsExactly(Fate.RECOVERED);
        assertThat(report.samples()).isEqualTo(1);
        assertThat(ledger().events()).isEmpty();
        assertThat(ledger().samples()).containsExactly(sample(id(1), 1));
        assertThat(ledger().recovery())
                .containsExactly(
                        new LedgerUnderTest.Kept(Bytes.utf8("message 1"), Failure.Kind.EVENT_REJECTED, true, 1));
    }

    @Test
    void refusedEventThatComesAgainIsDuplicate() {
        commit(eventRefused(1));

        assertThat(commit(eventRefused(1), converted(1)).fates()).containsOnly(Fate.DUPLICATE);

        assertThat(ledger().samples()).hasSize(1);
        assertThat(ledger().events()).isEmpty();
    }

    @Test
    void messageKeptWholeWhoseEventIsRefusedLaterHasOnlyItsEventOutstanding() {
        commit(unprocessable(1));

        assertThat(commit(eventRefused(1)).fates()).containsExactly(Fate.RECOVERED);

        assertThat(ledger().recovery()).singleElement().satisfies(kept -> {
            assertThat(kept.eventOnly()).isTrue();
            assertThat(kept.kind()).isEqualTo(Failure.Kind.EVENT_REJECTED);
        });
    }

    @Test
    void eachPolledSampleCountsOnceWhateverEnvelopeBringsIt() {
        commit(samplesOnly(id(1), "first", List.of(polled(id(101), 1), polled(id(102), 2))));

        CommitReport report = commit(
                samplesOnly(id(2), "second", List.of(polled(id(102), 7), polled(id(103), 3), polled(id(103), 3))));

        assertThat(report.fates()).containsExactly(Fate.SAMPLE_ONLY);
        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.samplesRefused()).isEqualTo(2);
        assertThat(ledger().samples()).containsExactly(polled(id(101), 1), polled(id(102), 2), polled(id(103), 3));
    }

    @Test
    void conflictingEnvelopeClaimsNoneOfItsPolledSamples() {
        commit(samplesOnly(id(1), "first", List.of(polled(id(101), 1))));
        commit(samplesOnly(id(1), "another", List.of(polled(id(102), 2))));

        CommitReport report = commit(samplesOnly(id(2), "third", List.of(polled(id(102), 2))));

        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.samplesRefused()).isZero();
    }

    @Test
    void idsThatAreNoUuidsAreToldApartAndKept() {
        MessageId upper = new MessageId(id(1).text().replace('-', '_'));
        MessageId odd = new MessageId("tooz!é");

        CommitReport report = commit(
                converted(1),
                converted(upper, "upper", List.of(sample(upper, 2))),
                converted(odd, "odd", List.of(sample(odd, 3), polled(new MessageId("own"), 4))));

        assertThat(report.fates()).containsOnly(Fate.EVENT);
        assertThat(ledger().events()).extracting(event -> event.id()).containsExactlyInAnyOrder(id(1), upper, odd);
        assertThat(ledger().samples())
                .containsExactly(sample(id(1), 1), sample(upper, 2), sample(odd, 3), polled(new MessageId("own"), 4));
        assertThat(commit(converted(odd, "odd", List.of())).fates()).containsExactly(Fate.DUPLICATE);
    }

    @Test
    void positionsGrow() {
        long first = commit(converted(1)).position();
        long second = commit(converted(1)).position();

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void manyMessagesAtOnceAllArrive() {
        List<Processed> many = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (int n = 0; n < 2_000; n++) {
            many.add(converted(n));
            samples.addAll(converted(n).samples());
        }

        CommitReport report = commit(many.toArray(Processed[]::new));

        assertThat(report.fates()).hasSize(2_000).containsOnly(Fate.EVENT);
        assertThat(ledger().samples()).containsExactlyElementsOf(samples);
    }

    @Test
    void isAvailable() {
        assertThat(ledger().writer().isAvailable()).isTrue();
    }
}
