// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AuditKey;
import io.nephometer.model.BodyHash;
import io.nephometer.model.MessageId;
import io.nephometer.model.Period;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.ledger.AuditDesk;
import io.nephometer.store.ledger.LedgerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The book of audits in its tables. The SQL is the same on every engine. */
public final class SqlAudits implements AuditDesk {
    private static final String KEY = "task = ? AND scope = ? AND period_begin = ? AND period_end = ?";
    private static final String MINE = "WHERE " + KEY + " AND attempt = ? AND state = 'RUNNING'";

    private static final String KEY_COLUMNS = "task, scope, period_begin, period_end";
    private static final String RUN = KEY_COLUMNS + ", owner, lease_until, began, source, watermark, "
            + "state, attempt, position, items, errors, message";

    private static final String OPEN = "SELECT " + KEY_COLUMNS + ", state FROM audit_runs"
            + " WHERE task = ? AND state IN ('RUNNING', 'FAILED', 'AGAIN') AND period_end > ?";
    private static final String ENDED = "SELECT " + KEY_COLUMNS + ", state FROM audit_runs"
            + " WHERE task = ? AND state = 'DONE' AND ended >= ? AND period_end > ?";

    /** For tests of plans. */
    public static final String CHANGES = OPEN + " UNION ALL " + ENDED;

    /** Where the database's clock and ours are further apart, nobody knows which periods are over. */
    private static final Duration MOST_APART = Duration.ofMinutes(1);

    private final Questions questions;
    private final LedgerTime time;
    private final InstantSource clock;

    /** @param clock ours; that of engines without one of their own, too */
    public SqlAudits(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return Micros.instant(questions.read(session -> time.now(session.connection())));
    }

    @Override
    public Instant agreed() {
        Instant theirs = now();
        Instant ours = clock.instant();
        if (Duration.between(theirs, ours).abs().compareTo(MOST_APART) > 0) {
            throw new LedgerException(
                    LedgerException.Kind.FAILED,
                    "the clock of the database says " + theirs + " and that of this process " + ours
                            + ": which periods are over is not known while they are more than "
                            + DurationText.print(MOST_APART) + " apart; nothing is audited");
        }
        return theirs;
    }

    @Override
    public List<Run> runs(String task, Instant since) {
        List<Run> runs = new ArrayList<>();
        questions.read(session -> {
            new SqlText(AuditRows.RUNS)
                    .add("WHERE task = ? AND period_end > ?", task, Micros.floor(since))
                    .add("ORDER BY period_begin, period_end, scope")
                    .query(session.connection(), row -> runs.add(AuditRows.run(row)));
            return true;
        });
        return runs;
    }

    @Override
    public List<Run> runs(String task, Period period) {
        List<Run> runs = new ArrayList<>();
        questions.read(session -> {
            new SqlText(AuditRows.RUNS)
                    .add(
                            "WHERE task = ? AND period_begin = ? AND period_end = ? ORDER BY scope",
                            task,
                            Micros.floor(period.begin()),
                            Micros.floor(period.end()))
                    .query(session.connection(), row -> runs.add(AuditRows.run(row)));
            return true;
        });
        return runs;
    }

    @Override
    public Map<AuditKey, State> changes(String task, Instant since, Instant after) {
        Map<AuditKey, State> changes = new HashMap<>();
        long end = Micros.floor(since);
        questions.read(session -> {
            SqlText.of(CHANGES, task, end, task, Micros.floor(after), end).query(session.connection(), row -> {
                changes.put(AuditRows.key(row), State.valueOf(row.getString(5)));
                return true;
            });
            return true;
        });
        return changes;
    }

    @Override
    public Set<AuditKey> open(String task) {
        Set<AuditKey> open = new HashSet<>();
        questions.read(session -> {
            SqlText.of(OPEN, task, Micros.floor(Instant.EPOCH))
                    .query(session.connection(), row -> open.add(AuditRows.key(row)));
            return true;
        });
        return open;
    }

    @Override
    public Optional<Instant> latest(String task) {
        List<Instant> latest = new ArrayList<>();
        questions.read(session -> {
            new SqlText("SELECT period_end FROM audit_runs")
                    .add("WHERE task = ? ORDER BY period_end DESC LIMIT 1", task)
                    .query(session.connection(), row -> latest.add(Micros.instant(row.getLong(1))));
            return true;
        });
        return latest.stream().findFirst();
    }

    @Override
    public void runs(Consumer<? super Run> to) {
        questions.read(session -> {
            new SqlText(AuditRows.RUNS)
                    .add("ORDER BY period_end DESC, period_begin DESC, task, scope")
                    .query(session.connection(), row -> {
                        to.accept(AuditRows.run(row));
                        return true;
                    });
            return true;
        });
    }

    @Override
    public void differences(Consumer<? super Difference> to) {
        questions.read(session -> {
            new SqlText(AuditRows.DIFFERENCES).query(session.connection(), row -> {
                to.accept(AuditRows.difference(questions.engine(), row));
                return true;
            });
            return true;
        });
    }

    @Override
    public Optional<Grant> begin(AuditKey key, String owner, Duration lease, String source, Instant watermark) {
        String name = StorableText.cleaned(owner);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            long now = time.now(connection);
            String first = transaction.dialect().insertIfAbsent("audit_runs", RUN, KEY_COLUMNS);
            int begun = new SqlText("")
                    .add(first, key(key))
                    .add("", name, until(now, lease), now, source, Micros.floor(watermark))
                    .add("", "RUNNING", 1L, "", 0L, 0L, "")
                    .update(connection);
            if (begun == 0) {
                begun = new SqlText("UPDATE audit_runs SET state = 'RUNNING', attempt = attempt + 1, ended = NULL,")
                        .add(
                                "message = '', unsure = 0, owner = ?, lease_until = ?, began = ?,",
                                name,
                                until(now, lease),
                                now)
                        .add("source = ?, watermark = ?", source, Micros.floor(watermark))
                        .add("WHERE " + KEY, key(key))
                        .add("AND (state IN ('FAILED', 'AGAIN') OR (state = 'RUNNING' AND lease_until < ?))", now)
                        .update(connection);
            }
            return begun > 0 ? Optional.of(grant(connection, key)) : Optional.empty();
        });
    }

    private static Grant grant(Connection connection, AuditKey key) throws SQLException {
        List<Grant> found = new ArrayList<>(1);
        new SqlText("SELECT owner, attempt, position, items, errors FROM audit_runs")
                .add("WHERE " + KEY, key(key))
                .query(
                        connection,
                        row -> found.add(new Grant(
                                key,
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5))));
        return found.getFirst();
    }

    private static long until(long now, Duration lease) {
        return now + lease.toMillis() * 1_000;
    }

    private static Object[] key(AuditKey key) {
        return new Object[] {
            key.task(),
            key.scope(),
            Micros.floor(key.period().begin()),
            Micros.floor(key.period().end())
        };
    }

    private static Object[] mine(Grant grant) {
        Object[] key = Arrays.copyOf(key(grant.key()), 5);
        key[4] = grant.attempt();
        return key;
    }

    @Override
    public boolean progress(Grant grant, Tally tally, Duration lease) {
        return questions.write(transaction -> {
            long now = time.now(transaction.connection());
            return new SqlText("UPDATE audit_runs SET")
                            .add(
                                    "lease_until = ?, position = ?, items = ?, errors = ?",
                                    until(now, lease),
                                    tally.position(),
                                    tally.items(),
                                    tally.errors())
                            .add(MINE, mine(grant))
                            .update(transaction.connection())
                    > 0;
        });
    }

    @Override
    public boolean end(Grant grant, State state, Tally tally, String message) {
        return questions.write(transaction -> {
            long now = time.now(transaction.connection());
            return new SqlText("UPDATE audit_runs SET")
                            .add("state = ?, ended = ?, lease_until = ?,", state.name(), now, now)
                            .add(
                                    "position = ?, items = ?, errors = ?, unsure = ?, message = ?",
                                    tally.position(),
                                    tally.items(),
                                    tally.errors(),
                                    tally.unsure(),
                                    StorableText.cleaned(message))
                            .add(MINE, mine(grant))
                            .update(transaction.connection())
                    > 0;
        });
    }

    @Override
    public boolean again(AuditKey key) {
        return questions.write(transaction -> {
            long now = time.now(transaction.connection());
            return new SqlText("UPDATE audit_runs SET state = 'AGAIN', position = '', items = 0, errors = 0")
                            .add("WHERE " + KEY, key(key))
                            .add("AND (state <> 'RUNNING' OR lease_until < ?)", now)
                            .update(transaction.connection())
                    > 0;
        });
    }

    @Override
    public Map<MessageId, BodyHash> known(Collection<MessageId> ids) {
        Map<UUID, MessageId> byKey = new HashMap<>();
        ids.forEach(id -> byKey.put(id.key(), id));
        Map<MessageId, BodyHash> known = new HashMap<>();
        if (!byKey.isEmpty()) {
            Map<UUID, BodyHash> hashes = questions.write(transaction -> transaction.hashes(byKey.keySet()));
            byKey.forEach((key, id) -> {
                BodyHash hash = hashes.get(key);
                if (hash != null) {
                    known.put(id, hash);
                }
            });
        }
        return known;
    }
}
