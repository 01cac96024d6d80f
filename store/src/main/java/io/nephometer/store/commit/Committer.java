// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.BodyHash;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.PendingSamples.Completion;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a batch into one transaction, on any engine. Thread-safe as far as the engine is. */
public final class Committer {
    /** How often a transaction that met another one is tried before the store counts as unavailable. */
    private static final int ATTEMPTS = 5;

    /** Under which name completed samples stand in the log. */
    private static final String COMPLETION = "late-metadata";

    private final Engine engine;
    private final InstantSource clock;
    private final int maxMembers;
    private final Steps steps;
    private final References references = new References();

    /** @param maxMembers how many members a source may have */
    public Committer(Engine engine, InstantSource clock, CommitProbe probe, int maxMembers) {
        this.engine = engine;
        this.maxMembers = maxMembers;
        this.clock = clock;
        this.steps = new Steps(probe);
    }

    /** See {@link io.nephometer.model.LedgerWriter#commit}. */
    public CommitOutcome commit(LedgerBatch batch) {
        List<PreparedMessage> messages = new ArrayList<>(batch.entries().size());
        try {
            for (Processed entry : batch.entries()) {
                messages.add(PreparedMessage.of(entry));
            }
        } catch (UnstorableException e) {
            return new CommitOutcome.Rejected(CommitOutcome.Rejected.UNSTORABLE, String.valueOf(e.getMessage()));
        }
        return attempts(transaction -> write(transaction, batch.consumer(), messages));
    }

    /**
     * Makes what waits in recovery into rows, as far as it is still outstanding, and settles the entry, at once.
     *
     * @param processed what the message became this time
     * @param entry reads and settles the entry, within the transaction
     */
    public CommitOutcome retry(Processed processed, RetriedEntry entry) {
        PreparedMessage message;
        try {
            message = PreparedMessage.of(processed);
        } catch (UnstorableException e) {
            return new CommitOutcome.Rejected(CommitOutcome.Rejected.UNSTORABLE, String.valueOf(e.getMessage()));
        }
        BodyHash arrival = entry.arrivalHash();
        PreparedMessage arrived = arrival == null ? message : message.arrivedAs(arrival);
        return attempts(transaction -> retry(transaction, arrived, entry));
    }

    /** See {@link io.nephometer.store.ledger.PendingDesk#complete}. */
    public CommitOutcome complete(Collection<Completion> completions) {
        SortedMap<Long, Completion> checked;
        try {
            checked = Completions.checked(completions);
        } catch (UnstorableException e) {
            return new CommitOutcome.Rejected(CommitOutcome.Rejected.UNSTORABLE, String.valueOf(e.getMessage()));
        }
        return attempts(transaction -> {
            RowWriter writer = new RowWriter(steps, transaction, references);
            long batch = transaction.nextBatch();
            RowWriter.Written written = new Completions(transaction, writer).write(checked, batch, engine.forUpdate());
            return written.packs() == 0
                    ? null
                    : new Result(log(transaction, COMPLETION, batch, written, List.of()), writer);
        });
    }

    /** The entry of the recovery table that is tried again. */
    public interface RetriedEntry {
        /** Locks the entry. False if it is not open any more or has changed: then nothing is written. */
        boolean lock(Transaction transaction) throws SQLException;

        /** Whether only the event is outstanding. */
        boolean eventOnly();

        /** Of the content as it came; null: as processed now. */
        @Nullable BodyHash arrivalHash();

        /** Records how it went: {@code kept} is null if nothing is outstanding any more. */
        void settle(Transaction transaction, Fate fate, @Nullable RecoveryRow kept, long now) throws SQLException;
    }

    /** The result of a transaction, and what to remember once it is durable. */
    private record Result(CommitReport report, RowWriter writer) {}

    private interface Work {
        /** Null: leave everything as it was. */
        @Nullable Result run(Transaction transaction) throws SQLException;
    }

    private CommitOutcome attempts(Work work) {
        SQLException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return new CommitOutcome.Committed(attempt(work));
            } catch (SQLException e) {
                last = e;
                switch (engine.verdict(e)) {
                    case AGAIN -> {}
                    case DATA -> {
                        return new CommitOutcome.Rejected(String.valueOf(e.getSQLState()), SqlFailure.text(e));
                    }
                    case UNAVAILABLE -> {
                        references.forget();
                        return new CommitOutcome.Unavailable(SqlFailure.text(e));
                    }
                }
            }
        }
        return new CommitOutcome.Unavailable(
                "after " + ATTEMPTS + " attempts: " + (last == null ? "" : SqlFailure.text(last)));
    }

    private CommitReport attempt(Work work) throws SQLException {
        try (Transaction transaction = steps.run(CommitStep.BEGIN, engine::begin)) {
            Result result = work.run(transaction);
            if (result == null) {
                return new CommitReport(List.of(), 0, 0, 0);
            }
            steps.run(CommitStep.COMMIT, () -> {
                transaction.commit();
                return true;
            });
            result.writer().remember();
            return result.report();
        }
    }

    private Result write(Transaction transaction, String consumer, List<PreparedMessage> arrived) throws SQLException {
        long now = now();
        List<PreparedMessage> messages = new MemberBound(transaction, references.members(), maxMembers).apply(arrived);
        Admission admission = new Admission(steps, transaction);
        List<Admission.Ruling> rulings = rule(admission, transaction, messages, now);
        List<PreparedMessage> accepted = meteredOnce(
                transaction,
                IntStream.range(0, messages.size())
                        .filter(i -> rulings.get(i) instanceof Admission.Ruling.Accepted)
                        .mapToObj(messages::get)
                        .toList(),
                now);
        Set<UUID> polled = admission.admitPolled(accepted, now);
        long batch = transaction.nextBatch();
        RowWriter writer = new RowWriter(steps, transaction, references);
        RowWriter.Written written = writer.write(accepted, polled, batch, now);
        inventory(transaction, accepted);
        List<Fate> fates = fates(transaction, messages, rulings, now);
        return new Result(log(transaction, consumer, batch, written, fates), writer);
    }

    private List<Admission.Ruling> rule(
            Admission admission, Transaction transaction, List<PreparedMessage> messages, long now)
            throws SQLException {
        return new Fence(steps, transaction).apply(messages, admission.rule(messages, now), now);
    }

    private List<PreparedMessage> meteredOnce(Transaction transaction, List<PreparedMessage> accepted, long now)
            throws SQLException {
        return new Metering(engine, steps, transaction).once(accepted, now);
    }

    private void inventory(Transaction transaction, List<PreparedMessage> accepted) throws SQLException {
        List<InstanceVersion> told =
                accepted.stream().flatMap(message -> message.told().stream()).toList();
        List<AssetVersion> assets =
                accepted.stream().flatMap(message -> message.assets().stream()).toList();
        if (!told.isEmpty() || !assets.isEmpty()) {
            steps.run(
                    CommitStep.INVENTORY,
                    () -> VersionTable.putInstances(told, transaction, engine.forUpdate())
                            + VersionTable.putAssets(assets, transaction, engine.forUpdate()));
        }
    }

    private List<Fate> fates(
            Transaction transaction, List<PreparedMessage> messages, List<Admission.Ruling> rulings, long now)
            throws SQLException {
        List<Fate> fates = new ArrayList<>(messages.size());
        List<Keep> keeps = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            PreparedMessage message = messages.get(i);
            switch (rulings.get(i)) {
                case Admission.Ruling.Known() -> fates.add(Fate.DUPLICATE);
                case Admission.Ruling.Fenced() -> fates.add(Fate.FENCED);
                case Admission.Ruling.Kept(RecoveryRow row, Fate fate) -> {
                    fates.add(fate);
                    keeps.add(new Keep(i, row));
                }
                case Admission.Ruling.Accepted() -> {
                    fates.add(acceptedFate(message.entry()));
                    if (message.entry() instanceof Processed.EventRefused refused) {
                        keeps.add(new Keep(i, RecoveryRow.of(message, true, refused.failure())));
                    }
                }
            }
        }
        if (!keeps.isEmpty()) {
            steps.run(CommitStep.RECOVERY, () -> keep(transaction, keeps, fates, now));
        }
        return fates;
    }

    private record Keep(int index, RecoveryRow row) {}

    /** In the order of their identities, so that writers which keep the same messages cannot deadlock. */
    private boolean keep(Transaction transaction, List<Keep> keeps, List<Fate> fates, long now) throws SQLException {
        keeps.sort(
                Comparator.comparing(keep -> keep.row().identity().unsafeArray(), java.util.Arrays::compareUnsigned));
        RecoveryTable table = new RecoveryTable(transaction, engine.forUpdate());
        for (Keep keep : keeps) {
            if (!table.keep(keep.row(), now)) {
                fates.set(keep.index(), Fate.DUPLICATE);
            }
        }
        return true;
    }

    private static Fate acceptedFate(Processed entry) {
        return switch (entry) {
            case Processed.Converted it -> Fate.EVENT;
            case Processed.SamplesOnly it -> Fate.SAMPLE_ONLY;
            case Processed.Measured it -> Fate.SAMPLE_ONLY;
            case Processed.Unmatched it -> Fate.UNMATCHED;
            case Processed.EventRefused it -> Fate.RECOVERED;
            case Processed.Unprocessable it -> Fate.RECOVERED;
        };
    }

    private @Nullable Result retry(Transaction transaction, PreparedMessage message, RetriedEntry entry)
            throws SQLException {
        long now = now();
        RowWriter writer = new RowWriter(steps, transaction, references);
        long batch = transaction.nextBatch();
        if (entry.eventOnly()) {
            return retryEvent(transaction, message, entry, writer, batch);
        }
        Admission admission = new Admission(steps, transaction);
        Admission.Ruling ruling =
                rule(admission, transaction, List.of(message), now).getFirst();
        if (!entry.lock(transaction)) {
            return null;
        }
        List<PreparedMessage> accepted = meteredOnce(
                transaction, ruling instanceof Admission.Ruling.Accepted ? List.of(message) : List.of(), now);
        RowWriter.Written written = writer.write(accepted, admission.admitPolled(accepted, now), batch, now);
        inventory(transaction, accepted);
        return switch (ruling) {
            case Admission.Ruling.Known() -> settled(transaction, entry, Fate.DUPLICATE, null, writer, batch, written);
            case Admission.Ruling.Fenced() -> settled(transaction, entry, Fate.FENCED, null, writer, batch, written);
            case Admission.Ruling.Kept(RecoveryRow row, Fate fate) ->
                settled(transaction, entry, fate, row, writer, batch, written);
            case Admission.Ruling.Accepted() -> {
                RecoveryRow kept = message.entry() instanceof Processed.EventRefused refused
                        ? RecoveryRow.of(message, true, refused.failure())
                        : null;
                yield settled(transaction, entry, acceptedFate(message.entry()), kept, writer, batch, written);
            }
        };
    }

    /** The intake row and the samples are there since the first time. */
    private @Nullable Result retryEvent(
            Transaction transaction, PreparedMessage message, RetriedEntry entry, RowWriter writer, long batch)
            throws SQLException {
        if (!entry.lock(transaction)) {
            return null;
        }
        RowWriter.Written written = writer.write(List.of(message.eventAlone()), Set.of(), batch, now());
        RecoveryRow kept = message.failure() == null ? null : RecoveryRow.of(message, true, message.failure());
        return settled(transaction, entry, acceptedFate(message.entry()), kept, writer, batch, written);
    }

    private Result settled(
            Transaction transaction,
            RetriedEntry entry,
            Fate fate,
            @Nullable RecoveryRow kept,
            RowWriter writer,
            long batch,
            RowWriter.Written written)
            throws SQLException {
        steps.run(CommitStep.RECOVERY, () -> {
            entry.settle(transaction, fate, kept, now());
            return true;
        });
        return new Result(log(transaction, "recovery", batch, written, List.of(fate)), writer);
    }

    private CommitReport log(
            Transaction transaction, String consumer, long batch, RowWriter.Written written, List<Fate> fates)
            throws SQLException {
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        fates.forEach(fate -> counts.merge(fate, 1, Integer::sum));
        LogRow row = new LogRow(
                StorableText.cleaned(consumer),
                batch,
                now(),
                written.events(),
                written.packs(),
                written.samples(),
                written.samplesRefused(),
                counts);
        long position = steps.run(CommitStep.LOG, () -> transaction.log(row));
        return new CommitReport(fates, written.samples(), written.samplesRefused(), position);
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
