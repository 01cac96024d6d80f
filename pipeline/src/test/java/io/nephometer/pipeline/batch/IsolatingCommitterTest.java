// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Event;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IsolatingCommitterTest {
    @Test
    void onePoisonAmong200_goesToRecovery_andTheOthersGoThroughOnce() {
        RefusingLedger ledger = new RefusingLedger(entry -> isConverted(entry, "m-137"));

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(converted(200));

        assertThat(outcome).isEqualTo(new BatchOutcome.Done(Map.of(Fate.EVENT, 199, Fate.RECOVERED, 1), 0, 0));
        assertThat(ledger.ids()).doesNotHaveDuplicates().hasSize(200);
        assertThat(ledger.taken)
                .filteredOn(Processed.EventRefused.class::isInstance)
                .singleElement()
                .satisfies(entry -> {
                    Failure failure = ((Processed.EventRefused) entry).failure();
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.EVENT_REJECTED);
                    assertThat(failure.detail()).contains("22P05");
                });
    }

    @Test
    void aMessageWhoseSamplesAreRefusedToo_goesToRecoveryWhole() {
        RefusingLedger ledger = new RefusingLedger(entry -> !(entry instanceof Processed.Unprocessable));

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(converted(1));

        assertThat(outcome).isEqualTo(new BatchOutcome.Done(Map.of(Fate.RECOVERED, 1), 0, 0));
        assertThat(ledger.taken).singleElement().isInstanceOf(Processed.Unprocessable.class);
    }

    @Test
    void twentyEqualRefusalsInARow_meanThatTheStoreIsWrong_notTheMessages() {
        RefusingLedger ledger = new RefusingLedger(Processed.Converted.class::isInstance);

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(converted(64));

        assertThat(outcome).isInstanceOf(BatchOutcome.Postponed.class);
        assertThat(ledger.taken).hasSize(19).allMatch(Processed.EventRefused.class::isInstance);
    }

    @Test
    void aPersonWhoKnowsThatTheMessagesAreWrong_mayRaiseTheLimit() {
        RefusingLedger ledger = new RefusingLedger(Processed.Converted.class::isInstance);

        BatchOutcome outcome = new IsolatingCommitter("test", ledger, 65).commit(converted(64));

        assertThat(outcome).isEqualTo(new BatchOutcome.Done(Map.of(Fate.RECOVERED, 64), 0, 0));
        assertThat(ledger.taken).hasSize(64).allMatch(Processed.EventRefused.class::isInstance);
    }

    @Test
    void refusalsWithAcceptedMessagesBetweenThem_areAboutMessages() {
        RefusingLedger ledger = new RefusingLedger(
                entry -> entry instanceof Processed.Converted c && c.id().text().endsWith("7"));

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(converted(400));

        assertThat(outcome).isEqualTo(new BatchOutcome.Done(Map.of(Fate.EVENT, 360, Fate.RECOVERED, 40), 0, 0));
    }

    @Test
    void refusalsWithAcceptedMessagesWithoutEventsBetweenThem_areAboutMessages() {
        RefusingLedger ledger = new RefusingLedger(Processed.Converted.class::isInstance);
        List<Processed> mixed = new ArrayList<>();
        for (Processed entry : converted(40)) {
            mixed.add(entry);
            mixed.add(
                    new Processed.Unmatched(entry.raw(), new MessageId("u-" + mixed.size()), entry.hash(), List.of()));
        }

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(mixed);

        assertThat(outcome).isInstanceOf(BatchOutcome.Done.class);
        assertThat(ledger.taken).hasSize(80);
    }

    @Test
    void messagesThatNoStoreCouldKeep_neverMeanThatTheStoreIsWrong_howeverManyComeInARow() {
        RefusingLedger ledger =
                new RefusingLedger(Processed.Converted.class::isInstance, CommitOutcome.Rejected.UNSTORABLE);

        BatchOutcome outcome = new IsolatingCommitter("test", ledger).commit(converted(64));

        assertThat(outcome).isEqualTo(new BatchOutcome.Done(Map.of(Fate.RECOVERED, 64), 0, 0));
    }

    @Test
    void aStoreThatGoesAwayMidway_postponesTheBatch() {
        LedgerWriter gone = new LedgerWriter() {
            private int calls;

            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return ++calls == 1
                        ? new CommitOutcome.Rejected("22P05", "22P05: refused")
                        : new CommitOutcome.Unavailable("connection refused");
            }

            @Override
            public boolean isAvailable() {
                return false;
            }
        };

        assertThat(new IsolatingCommitter("test", gone).commit(converted(4)))
                .isEqualTo(new BatchOutcome.Postponed("connection refused"));
    }

    private static boolean isConverted(Processed entry, String id) {
        return entry instanceof Processed.Converted converted
                && converted.id().text().equals(id);
    }

    private static List<Processed> converted(int count) {
        return IntStream.range(0, count)
                .<Processed>mapToObj(IsolatingCommitterTest::numbered)
                .toList();
    }

    private static Processed numbered(int number) {
        MessageId id = new MessageId("m-" + number);
        return new Processed.Converted(
                RawMessage.ofBody(Bytes.utf8("{}")),
                id,
                new BodyHash(0, number),
                new Event(id, "test.event", Instant.EPOCH, List.of(), null),
                List.of());
    }

    /** Refuses every batch with an entry that it does not like; takes all others. */
    private static final class RefusingLedger implements LedgerWriter {
        final List<Processed> taken = new ArrayList<>();
        private final Predicate<Processed> dislikes;

        private final String code;

        RefusingLedger(Predicate<Processed> dislikes) {
            this(dislikes, "22P05");
        }

        RefusingLedger(Predicate<Processed> dislikes, String code) {
            this.dislikes = dislikes;
            this.code = code;
        }

        List<String> ids() {
            return taken.stream().map(RefusingLedger::id).toList();
        }

        private static String id(Processed entry) {
            return switch (entry) {
                case Processed.Converted c -> c.id().text();
                case Processed.EventRefused e -> e.id().text();
                case Processed.SamplesOnly s -> s.id().text();
                case Processed.Measured s -> s.id().text();
                case Processed.Unmatched u -> u.id().text();
                case Processed.Unprocessable u -> String.valueOf(u.id());
            };
        }

        @Override
        public CommitOutcome commit(LedgerBatch batch) {
            if (batch.entries().stream().anyMatch(dislikes)) {
                return new CommitOutcome.Rejected(code, code + ": unsupported Unicode escape sequence");
            }
            taken.addAll(batch.entries());
            List<Fate> fates = batch.entries().stream()
                    .map(entry -> entry instanceof Processed.Converted ? Fate.EVENT : Fate.RECOVERED)
                    .toList();
            return new CommitOutcome.Committed(new CommitReport(fates, 0, 0, taken.size()));
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    }
}
