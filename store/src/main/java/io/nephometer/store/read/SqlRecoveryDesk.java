// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Failure;
import io.nephometer.model.Fate;
import io.nephometer.model.MessageId;
import io.nephometer.model.Processed;
import io.nephometer.store.commit.Committer;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.RecoveryRow;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.ledger.RecoveryChange.Action;
import io.nephometer.store.ledger.RecoveryDesk;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RetryOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Changes recovery on every engine. */
public final class SqlRecoveryDesk extends SqlRecovery implements RecoveryDesk {
    private final Engine engine;
    private final Committer committer;
    private final InstantSource clock;

    public SqlRecoveryDesk(Engine engine, Committer committer, InstantSource clock) {
        super(engine);
        this.engine = engine;
        this.committer = committer;
        this.clock = clock;
    }

    @Override
    public boolean edit(RecoveryEntry entry, Bytes body, String note) {
        return questions().write(transaction -> {
            SqlText update = new SqlText("UPDATE recovery SET revision = revision + 1, body = ?, body_hash = NULL")
                    .add(
                            "WHERE id = ? AND revision = ? AND state = 'OPEN'",
                            body.toArray(),
                            identity(entry),
                            entry.revision());
            boolean changed = update.update(transaction.connection()) == 1;
            if (changed) {
                note(
                        transaction.connection(),
                        entry,
                        Action.EDIT,
                        note,
                        entry.message().body());
            }
            return changed;
        });
    }

    @Override
    public boolean discard(RecoveryEntry entry, String reason) {
        return questions().write(transaction -> {
            SqlText update = new SqlText("UPDATE recovery SET revision = revision + 1, state = 'DISCARDED'")
                    .add("WHERE id = ? AND revision = ? AND state = 'OPEN'", identity(entry), entry.revision());
            boolean changed = update.update(transaction.connection()) == 1;
            if (changed) {
                note(transaction.connection(), entry, Action.DISCARD, reason, null);
            }
            return changed;
        });
    }

    @Override
    public RetryOutcome retry(RecoveryEntry entry, Processed processed) {
        MessageId id = id(processed);
        if (entry.eventOnly() && (id == null || !id.text().equals(entry.messageId()))) {
            return new RetryOutcome.Refused("the samples of message " + entry.messageId()
                    + " are in the ledger, its event cannot come under another message_id: "
                    + (id == null ? "none" : id.text()));
        }
        Retried retried = new Retried(entry);
        return switch (committer.retry(processed, retried)) {
            case CommitOutcome.Committed(var report) -> {
                if (report.fates().isEmpty()) {
                    yield new RetryOutcome.NotAsRead();
                }
                Fate fate = report.fates().getFirst();
                Failure failure = retried.failure;
                yield failure == null
                        ? new RetryOutcome.Settled(fate, report.samples())
                        : new RetryOutcome.StillWaiting(fate, failure, report.samples());
            }
            case CommitOutcome.Rejected rejected -> new RetryOutcome.Refused(rejected.cause());
            case CommitOutcome.Unavailable(String cause) -> new RetryOutcome.Unavailable(cause);
        };
    }

    /** The entry within the transaction of its retry. */
    private final class Retried implements Committer.RetriedEntry {
        private final RecoveryEntry entry;
        private @Nullable Failure failure;

        Retried(RecoveryEntry entry) {
            this.entry = entry;
        }

        @Override
        public boolean eventOnly() {
            return entry.eventOnly();
        }

        @Override
        public @Nullable BodyHash arrivalHash() {
            return entry.bodyHash();
        }

        @Override
        public boolean lock(Transaction transaction) throws SQLException {
            boolean[] found = {false};
            new SqlText("SELECT id FROM recovery WHERE state = 'OPEN'")
                    .add("AND id = ? AND revision = ?" + engine.forUpdate(), identity(entry), entry.revision())
                    .query(transaction.connection(), row -> {
                        found[0] = true;
                        return true;
                    });
            return found[0];
        }

        @Override
        public void settle(Transaction transaction, Fate fate, @Nullable RecoveryRow kept, long now)
                throws SQLException {
            SqlText update = new SqlText("UPDATE recovery SET revision = revision + 1, attempts = attempts + 1");
            if (kept == null) {
                failure = null;
                update.add(", state = 'RESOLVED'");
            } else {
                failure = kept.failure();
                update.add(
                        ", outstanding = ?, step = ?, kind = ?, detail = ?",
                        kept.eventOnly() ? "EVENT" : "WHOLE",
                        kept.failure().step().name(),
                        kept.failure().kind().name(),
                        StorableText.cleaned(kept.failure().detail()));
                MessageId id = kept.id();
                if (id != null) {
                    update.add(", message_id = ?", StorableText.cleaned(id.text()));
                }
            }
            update.add("WHERE id = ?", identity(entry)).update(transaction.connection());
            String detail = kept == null
                    ? fate.name()
                    : kept.failure().kind() + ": " + kept.failure().detail();
            note(transaction.connection(), entry, Action.RETRY, detail, null);
        }
    }

    private void note(
            Connection connection, RecoveryEntry entry, Action action, String detail, @Nullable Bytes replacedBody)
            throws SQLException {
        long now = Micros.floor(clock.instant());
        SqlText insert = new SqlText("INSERT INTO recovery_history (entry_id, at, action, detail, body)")
                .add("VALUES (?, ?, ?, ?", identity(entry), now, action.name(), StorableText.cleaned(detail));
        if (replacedBody == null) {
            insert.add(", NULL)");
        } else {
            insert.add(", ?)", replacedBody.toArray());
        }
        insert.update(connection);
    }

    private static @Nullable MessageId id(Processed processed) {
        return switch (processed) {
            case Processed.Converted it -> it.id();
            case Processed.SamplesOnly it -> it.id();
            case Processed.Measured it -> it.id();
            case Processed.Unmatched it -> it.id();
            case Processed.EventRefused it -> it.id();
            case Processed.Unprocessable it -> it.id();
        };
    }

    private static byte[] identity(RecoveryEntry entry) {
        return entry.identity().toArray();
    }
}
