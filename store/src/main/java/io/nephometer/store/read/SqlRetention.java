// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AssetKind;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.VersionTables;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.RetentionReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Removes what is too old, a bounded number of rows at a time, in short transactions. */
public final class SqlRetention {
    private static final int CHUNK = 2_000;
    /** What is audited every few minutes is of no interest for long: periods shorter than this, in microseconds, and how long they stay. */
    private static final long SHORT = 3_600_000_000L;

    /** Until an instance is forgotten itself, what is Nova's and was given up is not looked for anew. */
    private static final String FORGOTTEN = "last_tried < ? AND (settled IS NOT NULL OR kind = 'ENDED' OR NOT EXISTS"
            + " (SELECT 1 FROM inventory_instances i WHERE i.id = pending_cleanups.resource))";

    /** Longer than any of them is made up. */
    private static final Duration SHORT_AGE = Duration.ofDays(3);

    private final Questions questions;
    private final OldCarries carries;
    private int left;

    private SqlRetention(Engine engine, OldCarries carries, int maxRows) {
        this.questions = new Questions(engine);
        this.carries = carries;
        this.left = maxRows;
    }

    /** One run: at most {@code maxRows} rows of all kinds together. */
    public static RetentionReport run(
            Engine engine, OldCarries carries, RetentionPolicy policy, Instant now, int maxRows) {
        return new SqlRetention(engine, carries, maxRows).run(policy, now);
    }

    private RetentionReport run(RetentionPolicy policy, Instant now) {
        int events = remove("events", "id", "generated < ?", policy.events(), now);
        int samples = remove("samples", "id", "measured < ?", policy.samples(), now)
                + remove("slot_samples", "id", "measured < ?", policy.samples(), now);
        remove("pending_samples", "sample_id", "as_of < ?", policy.samples(), now);
        int slots = slots(policy.samples(), now);
        int open = remove("recovery", "id", "last_seen < ? AND state = 'OPEN'", policy.recovery(), now);
        int settled = remove("recovery", "id", "last_seen < ? AND state <> 'OPEN'", policy.recovery(), now);
        ended(VersionTables.INSTANCES, policy.inventory(), now);
        for (AssetKind kind : AssetKind.values()) {
            ended(VersionTables.of(kind), policy.inventory(), now);
        }
        remove("pending_cleanups", "kind, resource", FORGOTTEN, policy.audited(), now);
        remove("audit_runs", "task, scope, period_begin, period_end", "period_end < ?", policy.audited(), now);
        remove(
                "audit_runs",
                "task, scope, period_begin, period_end",
                "period_end < ? AND period_end - period_begin < " + SHORT,
                SHORT_AGE,
                now);
        remove("audit_occurrences", "resource, period_begin, period_end", "accepted_at < ?", policy.intake(), now);
        carries(policy.intake(), now);
        remove(
                "usage_counts",
                "task, period_begin, period_end, share, subject",
                "period_end < ?",
                policy.intake(),
                now);
        int intake = remove("intake", "message_key", "accepted_at < ?", policy.intake(), now);
        // The last entry stays, and so does what a reader of the log has not seen yet.
        String done = "committed_at < ? AND position < (SELECT position FROM log_head) AND position <= "
                + "(SELECT coalesce(min(position), 9223372036854775807) FROM cursors)";
        int log = remove("log", "position", done, policy.intake(), now);
        return new RetentionReport(events, samples, open, settled, intake, log, slots, left > 0);
    }

    private void carries(@Nullable Duration age, Instant now) {
        if (age != null && left > 0) {
            left -= carries.remove(Micros.floor(now.minus(age)), left);
        }
    }

    /** Those whose samples may be gone. What was forgotten must not look as if it had never come: stays begin later then. */
    private int slots(@Nullable Duration age, Instant now) {
        if (age == null) {
            return 0;
        }
        long before = Micros.floor(now.minus(age));
        questions.write(transaction -> {
            new SqlText("DELETE FROM slot_stays").add("WHERE ended < ?", before).update(transaction.connection());
            return new SqlText("UPDATE slot_stays SET began = ?")
                    .add("WHERE began < ?", before, before)
                    .update(transaction.connection());
        });
        removeOfSlots("slot_claims", before);
        return removeOfSlots("slots", before);
    }

    private int removeOfSlots(String table, long before) {
        int removed = 0;
        while (left > 0) {
            int chunk = Math.min(CHUNK, left);
            int rows = questions.write(transaction -> new SqlText("")
                    .add(
                            transaction.dialect().deleteSome(table, "member_ref, began", "began < ?", "began"),
                            before,
                            chunk)
                    .update(transaction.connection()));
            removed += rows;
            left -= rows;
            if (rows < chunk) {
                break;
            }
        }
        return removed;
    }

    /** Those that ended so long ago that no sample of them is left, and no audit asks for them. */
    private void ended(VersionTables tables, @Nullable Duration age, Instant now) {
        while (age != null && left > 0) {
            int chunk = Math.min(CHUNK, left);
            String old = "IN (SELECT id FROM (SELECT id FROM " + tables.lives() + " "
                    + "WHERE ended < ? ORDER BY id LIMIT ?) ended)";
            long before = Micros.floor(now.minus(age));
            int rows = questions.write(transaction -> {
                new SqlText("DELETE FROM " + tables.versions() + " WHERE id")
                        .add(old, before, chunk)
                        .update(transaction.connection());
                return new SqlText("DELETE FROM " + tables.lives() + " WHERE id")
                        .add(old, before, chunk)
                        .update(transaction.connection());
            });
            left -= rows;
            if (rows < chunk) {
                return;
            }
        }
    }

    private int remove(String table, String key, String old, @Nullable Duration age, Instant now) {
        // The oldest ids are the oldest rows, and found at once; keys of intake say nothing of age.
        String order = table.equals("intake") ? "" : key;
        int removed = 0;
        while (age != null && left > 0) {
            int chunk = Math.min(CHUNK, left);
            long before = Micros.floor(now.minus(age));
            int rows = questions.write(transaction -> {
                if (table.equals("recovery")) {
                    forgetHistory(transaction.connection(), old, before, chunk);
                }
                return new SqlText("")
                        .add(transaction.dialect().deleteSome(table, key, old, order), before, chunk)
                        .update(transaction.connection());
            });
            removed += rows;
            left -= rows;
            if (rows < chunk) {
                break;
            }
        }
        return removed;
    }

    private static void forgetHistory(Connection connection, String old, long before, int chunk) throws SQLException {
        new SqlText("DELETE FROM recovery_history WHERE entry_id IN (SELECT id FROM (SELECT id FROM recovery")
                .add("WHERE " + old + " ORDER BY id LIMIT ?) oldest)", before, chunk)
                .update(connection);
    }
}
