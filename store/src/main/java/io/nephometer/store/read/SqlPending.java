// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.CommitOutcome;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.store.commit.Committer;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.PendingDesk;
import io.nephometer.store.ledger.PendingSamples;
import io.nephometer.store.ledger.PendingSamples.Completion;
import io.nephometer.store.ledger.PendingSamples.Count;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Samples without metadata in their table. The SQL is the same on every engine. */
public final class SqlPending implements PendingDesk {
    private static final String LIST = """
            SELECT p.sample_id, p.instance, r.name, pr.name, u.name, p.as_of, p.since, p.given_up, p.body
            FROM pending_samples p JOIN slot_samples s ON s.id = p.sample_id
            LEFT JOIN resources r ON r.id = s.resource_ref
            LEFT JOIN labels pr ON pr.id = s.project_ref
            LEFT JOIN labels u ON u.id = s.user_ref
            WHERE p.sample_id > ?""";
    private static final String IN_ORDER = " ORDER BY p.sample_id LIMIT ?";

    /** Those that wait, by an index that has no other. */
    public static final String OPEN = LIST + " AND p.given_up IS NULL" + IN_ORDER;

    /** How many, by the same. */
    public static final String COUNT_OPEN = "SELECT count(*) FROM pending_samples WHERE given_up IS NULL";

    /** Those that waited long enough, by the same. */
    public static final String GIVE_UP = "UPDATE pending_samples SET given_up = ? WHERE given_up IS NULL AND since < ?";

    private final Questions questions;
    private final Committer committer;
    private final InstantSource clock;

    public SqlPending(Engine engine, Committer committer, InstantSource clock) {
        this.questions = new Questions(engine);
        this.committer = committer;
        this.clock = clock;
    }

    @Override
    public List<PendingSamples> list(long after, int limit, boolean givenUpToo) {
        SqlText sql = SqlText.of(givenUpToo ? LIST + IN_ORDER : OPEN, after, limit);
        List<PendingSamples> list = new ArrayList<>();
        return questions.read(session -> {
            sql.query(session.connection(), row -> list.add(pending(row)));
            return list;
        });
    }

    private static PendingSamples pending(ResultSet row) throws SQLException {
        List<?> body = body(row.getBytes(9));
        long givenUp = row.getLong(8);
        @Nullable Instant ended = row.wasNull() ? null : Micros.instant(givenUp);
        return new PendingSamples(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Micros.instant(row.getLong(6)),
                Micros.instant(row.getLong(7)),
                ended,
                map(body, 0),
                map(body, 1));
    }

    private static List<?> body(byte[] stored) {
        try {
            return Json.parse(Compression.inflate(stored)) instanceof List<?> list ? list : List.of();
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds samples without metadata that cannot be read", e);
        }
    }

    private static Map<String, @Nullable Object> map(List<?> body, int index) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (index < body.size() && body.get(index) instanceof Map<?, ?> stored) {
            stored.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    @Override
    public Count count() {
        SqlText sql = new SqlText("SELECT count(*), count(given_up), min(CASE WHEN given_up IS NULL THEN since END) "
                + "FROM pending_samples");
        List<Count> counts = new ArrayList<>();
        return questions.read(session -> {
            sql.query(session.connection(), row -> counts.add(count(row)));
            return counts.getFirst();
        });
    }

    @Override
    public long open() {
        List<Long> counts = new ArrayList<>();
        return questions.read(session -> {
            new SqlText(COUNT_OPEN).query(session.connection(), row -> counts.add(row.getLong(1)));
            return counts.getFirst();
        });
    }

    private static Count count(ResultSet row) throws SQLException {
        long givenUp = row.getLong(2);
        long open = row.getLong(1) - givenUp;
        long oldest = row.getLong(3);
        return new Count(open, givenUp, row.wasNull() ? null : Micros.instant(oldest));
    }

    @Override
    public CommitOutcome complete(List<Completion> completions) {
        return committer.complete(completions);
    }

    @Override
    public int giveUp(Instant committedBefore) {
        SqlText sql = SqlText.of(GIVE_UP, Micros.floor(clock.instant()), Micros.floor(committedBefore));
        return questions.write(transaction -> sql.update(transaction.connection()));
    }
}
