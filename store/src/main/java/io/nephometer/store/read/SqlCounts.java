// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
import io.nephometer.runtime.json.Json;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.commit.VersionRow;
import io.nephometer.store.ledger.CountDesk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What audits counted, in its tables. The SQL is the same on every engine. */
public final class SqlCounts implements CountDesk {
    private static final String CARRY = "task, subject, period_end, content";
    private static final String COUNT = "task, period_begin, period_end, share, subject, content";

    private final Questions questions;

    public SqlCounts(Engine engine) {
        this.questions = new Questions(engine);
    }

    @Override
    public void carries(String task, Consumer<? super UsageCarry> to) {
        questions.read(session -> {
            new SqlText("SELECT subject, period_end, content FROM usage_carries")
                    .add("WHERE task = ? ORDER BY subject", task)
                    .query(session.connection(), row -> {
                        to.accept(new UsageCarry(
                                row.getString(1), Micros.instant(row.getLong(2)), content(row.getBytes(3))));
                        return true;
                    });
            return true;
        });
    }

    @Override
    public void counted(String task, Period period, int share, Consumer<? super UsageCount> to) {
        questions.read(session -> {
            new SqlText("SELECT subject, content FROM usage_counts")
                    .add("WHERE task = ? AND period_begin = ?", task, Micros.floor(period.begin()))
                    .add("AND period_end = ? AND share = ? ORDER BY subject", Micros.floor(period.end()), share)
                    .query(session.connection(), row -> {
                        to.accept(new UsageCount(row.getString(1), content(row.getBytes(2))));
                        return true;
                    });
            return true;
        });
    }

    private static Map<String, @Nullable Object> content(byte[] stored) {
        return VersionRow.read(Compression.inflate(stored));
    }

    private static byte[] stored(Map<String, @Nullable Object> content) {
        return Compression.deflate(StorableText.cleaned(Json.write(content)));
    }

    /** In the order of subjects, so that two writers cannot deadlock. */
    @Override
    public int count(String task, Period period, Collection<UsageStep> steps) {
        List<UsageStep> sorted =
                steps.stream().sorted(Comparator.comparing(UsageStep::subject)).toList();
        return questions.write(transaction -> {
            int counted = 0;
            for (UsageStep one : sorted) {
                counted += count(transaction, task, period, one) ? 1 : 0;
            }
            return counted;
        });
    }

    private static boolean count(Transaction transaction, String task, Period period, UsageStep one)
            throws SQLException {
        if (!moved(transaction, task, period, one)) {
            return false;
        }
        String first = transaction
                .dialect()
                .insertIfAbsent("usage_counts", COUNT, "task, period_begin, period_end, share, subject");
        return new SqlText("")
                        .add(first, task, Micros.floor(period.begin()), Micros.floor(period.end()))
                        .add("", one.share(), one.subject(), stored(one.counted()))
                        .update(transaction.connection())
                > 0;
    }

    private static boolean moved(Transaction transaction, String task, Period period, UsageStep one)
            throws SQLException {
        Connection connection = transaction.connection();
        Instant carried = one.carried();
        long end = Micros.floor(period.end());
        if (carried == null) {
            String first = transaction.dialect().insertIfAbsent("usage_carries", CARRY, "task, subject");
            return new SqlText("")
                            .add(first, task, one.subject(), end, stored(one.carry()))
                            .update(connection)
                    > 0;
        }
        return new SqlText("UPDATE usage_carries SET")
                        .add("period_end = ?, content = ?", end, stored(one.carry()))
                        .add("WHERE task = ? AND subject = ?", task, one.subject())
                        .add("AND period_end = ? AND period_end < ?", Micros.floor(carried), end)
                        .update(connection)
                > 0;
    }

    @Override
    public int forget(String task, Collection<String> subjects) {
        List<String> sorted = subjects.stream().sorted().toList();
        return questions.write(transaction -> {
            int gone = 0;
            for (String subject : sorted) {
                gone += new SqlText("DELETE FROM usage_carries WHERE task = ? AND subject = ?")
                        .add("", task, subject)
                        .update(transaction.connection());
            }
            return gone;
        });
    }
}
