// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.decode.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProcessingHandlerTest {
    private static final List<RawMessage> MESSAGES = List.of(message("a"), message("b"));

    private final List<Processed> committed = new ArrayList<>();

    private static RawMessage message(String text) {
        return RawMessage.ofBody(Bytes.utf8(text));
    }

    private static Processed samplesOnly(RawMessage message, String id) {
        return new Processed.SamplesOnly(message, new MessageId(id), new BodyHash(0, 0), List.of());
    }

    private final MessageProcessor processor = new MessageProcessor() {
        @Override
        public Processed process(RawMessage message) {
            return samplesOnly(message, message.body().toText());
        }

        @Override
        public Processed process(RawMessage message, Consumer<? super Notification> witness) {
            witness.accept(new Notification(message.body().toText(), "info", Instant.EPOCH, Map.of()));
            return process(message);
        }
    };

    private final LedgerWriter ledger = new LedgerWriter() {
        @Override
        public CommitOutcome commit(LedgerBatch batch) {
            committed.addAll(batch.entries());
            List<Fate> fates = Collections.nCopies(batch.entries().size(), Fate.SAMPLE_ONLY);
            return new CommitOutcome.Committed(new CommitReport(fates, 0, 0, 1));
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    };

    private void handle(BatchCompanion companion) {
        BatchHandler.Prepared prepared =
                new ProcessingHandler(processor, new IsolatingCommitter("test", ledger), companion).prepare(MESSAGES);
        assertThat(committed).isEmpty();
        assertThat(prepared.commit()).isInstanceOf(BatchOutcome.Done.class);
    }

    private List<String> ids() {
        return committed.stream()
                .map(entry -> ((Processed.SamplesOnly) entry).id().text())
                .toList();
    }

    @Test
    void companion_seesEachNotificationOfABatchInOrder_beforeItIsCommitted() {
        List<String> seen = new ArrayList<>();

        handle(() -> new BatchCompanion.Attendance() {
            @Override
            public void notified(Notification notification) {
                seen.add(notification.eventType());
            }

            @Override
            public List<Processed> complete(List<Processed> entries) {
                seen.add("complete");
                return entries;
            }
        });

        assertThat(seen).containsExactly("a", "b", "complete");
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void twoCompanions_eachCompleteWhatTheOtherLeft() {
        handle(BatchCompanion.both(renaming("a", "c"), renaming("c", "d")));

        assertThat(ids()).containsExactly("d", "b");
    }

    private static BatchCompanion renaming(String from, String to) {
        return () -> new BatchCompanion.Attendance() {
            @Override
            public List<Processed> complete(List<Processed> entries) {
                return entries.stream()
                        .map(entry ->
                                ((Processed.SamplesOnly) entry).id().text().equals(from)
                                        ? samplesOnly(entry.raw(), to)
                                        : entry)
                        .toList();
            }
        };
    }

    @Test
    void companionThatFailsAnywhere_failsNoBatch() {
        handle(() -> {
            throw new IllegalStateException("at the beginning");
        });
        assertThat(ids()).containsExactly("a", "b");

        committed.clear();
        handle(() -> new BatchCompanion.Attendance() {
            @Override
            public void notified(Notification notification) {
                throw new IllegalStateException("at " + notification.eventType());
            }

            @Override
            public List<Processed> complete(List<Processed> entries) {
                throw new AssertionError("it is not asked any more");
            }
        });
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void companionThatLosesAMessage_isNotBelieved() {
        handle(() -> new BatchCompanion.Attendance() {
            @Override
            public List<Processed> complete(List<Processed> entries) {
                return entries.subList(0, 1);
            }
        });

        assertThat(ids()).containsExactly("a", "b");
    }
}
