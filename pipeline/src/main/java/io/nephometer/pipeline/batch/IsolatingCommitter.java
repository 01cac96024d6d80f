// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitOutcome.Committed;
import io.nephometer.model.CommitOutcome.Rejected;
import io.nephometer.model.CommitOutcome.Unavailable;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Commits a batch, and when the store refuses its data finds the message to blame by halving, so that its neighbours go
 * through once. The one to blame is stepped down: first its event goes to recovery and its samples are kept, then all of it
 * goes to recovery. Used by one thread.
 */
public final class IsolatingCommitter {
    /** So many equal refusals of single messages in a row are not about messages any more, but about the store. */
    public static final int REFUSALS_OF_A_BROKEN_STORE = 20;

    private final String consumer;
    private final LedgerWriter ledger;
    private final int refusalsLimit;
    private @Nullable String lastRefusal;
    private int equalRefusals;

    /** @param consumer the name under which the ledger keeps the progress */
    public IsolatingCommitter(String consumer, LedgerWriter ledger) {
        this(consumer, ledger, REFUSALS_OF_A_BROKEN_STORE);
    }

    /** @param refusalsLimit so many equal refusals in a row mean that the store is wrong; more if a person knows better */
    public IsolatingCommitter(String consumer, LedgerWriter ledger, int refusalsLimit) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.refusalsLimit = refusalsLimit;
    }

    /** Commits all entries, or answers that they must come again. */
    public BatchOutcome commit(List<Processed> entries) {
        Tally tally = new Tally();
        Optional<String> obstacle = commit(entries, tally);
        return obstacle.<BatchOutcome>map(BatchOutcome.Postponed::new).orElseGet(tally::done);
    }

    /** Why the store cannot take the entries; empty when all of them are durable. */
    private Optional<String> commit(List<Processed> entries, Tally tally) {
        CommitOutcome outcome = ledger.commit(new LedgerBatch(consumer, entries));
        return switch (outcome) {
            case Committed(CommitReport report) -> {
                tally.add(report);
                if (entries.stream().anyMatch(IsolatingCommitter::isWhole)) {
                    equalRefusals = 0;
                }
                yield Optional.empty();
            }
            case Unavailable(String cause) -> Optional.of(cause);
            case Rejected rejected -> entries.size() > 1 ? halve(entries, tally) : stepDown(entries, rejected, tally);
        };
    }

    /** Whether it went through as it came. What goes to recovery goes there because of a refusal, and proves nothing. */
    private static boolean isWhole(Processed entry) {
        return switch (entry) {
            case Processed.Converted _, Processed.SamplesOnly _, Processed.Measured _, Processed.Unmatched _ -> true;
            case Processed.EventRefused _, Processed.Unprocessable _ -> false;
        };
    }

    private Optional<String> halve(List<Processed> entries, Tally tally) {
        int middle = entries.size() / 2;
        Optional<String> obstacle = commit(entries.subList(0, middle), tally);
        return obstacle.isPresent() ? obstacle : commit(entries.subList(middle, entries.size()), tally);
    }

    private Optional<String> stepDown(List<Processed> single, Rejected rejected, Tally tally) {
        if (count(rejected) >= refusalsLimit) {
            return Optional.of(refusalsLimit
                    + " equal refusals in a row, the store itself must be wrong (else raise equal_rejections_limit): "
                    + rejected.cause());
        }
        return switch (single.getFirst()) {
            case Processed.Converted c ->
                commit(
                        List.of(new Processed.EventRefused(
                                c.raw(),
                                c.id(),
                                c.hash(),
                                c.samples(),
                                c.existence(),
                                failure(Failure.Kind.EVENT_REJECTED, rejected))),
                        tally);
            case Processed.SamplesOnly s -> recoverWhole(s, s.id(), rejected, tally);
            case Processed.Measured m -> recoverWhole(m, m.id(), rejected, tally);
            case Processed.Unmatched u -> recoverWhole(u, u.id(), rejected, tally);
            case Processed.EventRefused e -> recoverWhole(e, e.id(), rejected, tally);
            case Processed.Unprocessable ignored ->
                Optional.of("the store refuses even the recovery entry of a message: " + rejected.cause());
        };
    }

    private Optional<String> recoverWhole(Processed entry, MessageId id, Rejected rejected, Tally tally) {
        return commit(
                List.of(new Processed.Unprocessable(
                        entry.raw(), id, entry.hash(), failure(Failure.Kind.SAMPLES_REJECTED, rejected))),
                tally);
    }

    private static Failure failure(Failure.Kind kind, Rejected rejected) {
        return new Failure(Failure.Step.STORE, kind, rejected.cause());
    }

    private int count(Rejected rejected) {
        if (rejected.code().equals(Rejected.UNSTORABLE)) {
            return 0; // never about the store
        }
        equalRefusals = rejected.code().equals(lastRefusal) ? equalRefusals + 1 : 1;
        lastRefusal = rejected.code();
        return equalRefusals;
    }

    /** What the commits of one batch did together. */
    private static final class Tally {
        private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
        private int samples;
        private int samplesRefused;

        void add(CommitReport report) {
            report.fates().forEach(fate -> fates.merge(fate, 1, Integer::sum));
            samples += report.samples();
            samplesRefused += report.samplesRefused();
        }

        BatchOutcome done() {
            return new BatchOutcome.Done(fates, samples, samplesRefused);
        }
    }
}
