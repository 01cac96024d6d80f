// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Period;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.SlotDesk;
import io.nephometer.store.ledger.SlotMember;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Slots and members in their tables. The SQL is the same on every engine. */
public final class SqlSlots implements SlotDesk {
    private final Questions questions;
    private final InstantSource clock;

    public SqlSlots(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.clock = clock;
    }

    @Override
    public void slots(SlotQuery query, Consumer<? super SlotRecord> to) {
        Instant now = clock.instant();
        long[] left = {query.limit() == null ? Long.MAX_VALUE : query.limit()};
        Predicate<SlotRecord> each = record -> {
            if (query.states().isEmpty() || query.states().contains(record.state())) {
                to.accept(record);
                left[0]--;
            }
            return left[0] > 0;
        };
        questions.read(session -> {
            for (Stay stay : Stay.read(session.connection(), query)) {
                if (left[0] > 0) {
                    new SlotRows(session.connection(), stay, now).read(query.from(), query.to(), each);
                }
            }
            return true;
        });
    }

    @Override
    public List<Period> cameSince(Instant since, Instant before) {
        JoinedTimes times = new JoinedTimes(before);
        questions.read(session -> {
            came("SELECT DISTINCT s.began, f.interval_s", since, before)
                    .add("ORDER BY s.began, f.interval_s")
                    .query(session.connection(), row -> add(row, times));
            return true;
        });
        return times.joined();
    }

    @Override
    public Map<String, List<Period>> cameSinceByMember(Instant since, Instant before) {
        Map<String, JoinedTimes> times = new TreeMap<>();
        questions.read(session -> {
            came("SELECT DISTINCT s.began, f.interval_s, m.name", since, before)
                    .add("ORDER BY s.began, f.interval_s")
                    .query(
                            session.connection(),
                            row -> add(row, times.computeIfAbsent(row.getString(3), _ -> new JoinedTimes(before))));
            return true;
        });
        Map<String, List<Period>> joined = new TreeMap<>();
        times.forEach((member, one) -> joined.put(member, one.joined()));
        return joined;
    }

    private static SqlText came(String select, Instant since, Instant before) {
        return new SqlText(select)
                .add("FROM slots s JOIN slot_members m ON m.id = s.member_ref")
                .add("JOIN slot_sources f ON f.id = m.source_ref")
                .add("WHERE s.last_committed >= ? AND s.began < ?", Micros.floor(since), Micros.floor(before));
    }

    private static boolean add(ResultSet row, JoinedTimes times) throws SQLException {
        Instant began = Micros.instant(row.getLong(1));
        return times.add(began, began.plusSeconds(2 * row.getLong(2)));
    }

    @Override
    public List<SlotRecord> newest() {
        Instant now = clock.instant();
        List<SlotRecord> newest = new ArrayList<>();
        return questions.read(session -> {
            for (Stay stay : Stay.read(session.connection(), SlotQuery.ALL)) {
                long due = stay.newestDue(now);
                if (stay.lasts() && due >= stay.began()) {
                    Instant from = Micros.instant(due);
                    new SlotRows(session.connection(), stay, now).read(from, from.plus(stay.interval()), newest::add);
                }
            }
            return newest;
        });
    }

    @Override
    public List<SlotMember> members() {
        return questions.read(session -> {
            List<SlotMember> members = new ArrayList<>();
            for (Stay stay : Stay.read(session.connection(), SlotQuery.ALL)) {
                members.add(stay.member(session.connection()));
            }
            return members;
        });
    }

    @Override
    public List<MemberClash> clashes() {
        Instant now = clock.instant();
        return questions.read(session -> SqlClashes.lasting(session.connection(), now));
    }

    @Override
    public int retire(String member, @Nullable String source, @Nullable Duration interval, String reason) {
        return questions.write(transaction -> {
            SqlText update = new SqlText("UPDATE slot_stays")
                    .add(
                            "SET ended = ?, reason = ? WHERE ended IS NULL AND member_ref IN (SELECT m.id FROM slot_members m "
                                    + "JOIN slot_sources s ON s.id = m.source_ref WHERE m.name = ?",
                            Micros.floor(clock.instant()),
                            StorableText.cleaned(reason),
                            member);
            if (source != null) {
                update.add("AND s.name = ?", source);
            }
            if (interval != null) {
                update.add("AND s.interval_s = ?", interval.toSeconds());
            }
            return update.add(")").update(transaction.connection());
        });
    }

    @Override
    public int retireAbsent(Duration absence) {
        String reason = "nothing arrived for " + DurationText.print(absence);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            long horizon = latest(connection) - absence.toMillis() * 1_000;
            return new SqlText("UPDATE slot_stays")
                    .add(
                            "SET ended = ?, reason = ? WHERE ended IS NULL AND began < ? AND NOT EXISTS (SELECT 1 FROM slots s "
                                    + "WHERE s.member_ref = slot_stays.member_ref AND s.began >= ?)",
                            Micros.floor(clock.instant()),
                            reason,
                            horizon,
                            horizon)
                    .update(connection);
        });
    }

    private static long latest(Connection connection) throws SQLException {
        long[] latest = {0};
        // By member, so that the key is used.
        new SqlText("SELECT max((SELECT max(s.began) FROM slots s WHERE s.member_ref = m.id)) FROM slot_members m")
                .query(connection, row -> {
                    latest[0] = row.getLong(1);
                    return false;
                });
        return latest[0];
    }
}
