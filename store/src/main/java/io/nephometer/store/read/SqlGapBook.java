// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.ledger.GapBook;
import io.nephometer.store.ledger.RecordedGap;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gaps in their table. The SQL is the same on every engine. */
public final class SqlGapBook implements GapBook {
    private static final String COLUMNS = "source, kind, subject, began, began_earlier, ended, lost, at_least, detail";
    private static final String KEY = "source, kind, subject, began";

    private final Questions questions;

    public SqlGapBook(Engine engine) {
        this.questions = new Questions(engine);
    }

    @Override
    public void record(List<RecordedGap> gaps) {
        questions.<Integer>write(transaction -> {
            String sql = transaction.dialect().upsert("gaps", COLUMNS, KEY, "ended, lost, at_least, detail", null);
            try (PreparedStatement insert = transaction.connection().prepareStatement(sql)) {
                for (RecordedGap gap : gaps) {
                    bind(insert, gap);
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }

    private static void bind(PreparedStatement insert, RecordedGap gap) throws SQLException {
        Instant ended = gap.ended();
        insert.setString(1, gap.key().source());
        insert.setString(2, gap.key().kind());
        insert.setString(3, gap.key().subject());
        insert.setLong(4, Micros.floor(gap.key().began()));
        insert.setInt(5, gap.beganEarlier() ? 1 : 0);
        setOrNull(insert, 6, ended == null ? null : Micros.floor(ended));
        setOrNull(insert, 7, gap.lost());
        insert.setInt(8, gap.atLeast() ? 1 : 0);
        insert.setString(9, StorableText.cleaned(gap.detail()));
    }

    private static void setOrNull(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    @Override
    public void gaps(@Nullable Instant from, @Nullable Instant to, Consumer<? super RecordedGap> each) {
        SqlText select = new SqlText(
                        "SELECT source, kind, subject, began, began_earlier, ended, lost, at_least, detail FROM gaps")
                .add("WHERE 1 = 1");
        if (from != null) {
            select.add("AND (ended IS NULL OR ended >= ?)", Micros.ceiling(from));
        }
        if (to != null) {
            select.add("AND began < ?", Micros.ceiling(to));
        }
        select.add("ORDER BY began, source, kind, subject");
        questions.read(session -> {
            select.query(session.connection(), row -> {
                each.accept(gap(row));
                return true;
            });
            return true;
        });
    }

    private static RecordedGap gap(ResultSet row) throws SQLException {
        RecordedGap.Key key = new RecordedGap.Key(
                row.getString(1), row.getString(2), row.getString(3), Micros.instant(row.getLong(4)));
        long ended = row.getLong(6);
        boolean lasts = row.wasNull();
        long lost = row.getLong(7);
        boolean unknown = row.wasNull();
        return new RecordedGap(
                key,
                row.getInt(5) == 1,
                lasts ? null : Micros.instant(ended),
                unknown ? null : lost,
                row.getInt(8) == 1,
                row.getString(9));
    }
}
