// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Event;
import io.nephometer.model.MessageId;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.TraitsJson;
import io.nephometer.store.ledger.LedgerQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads events out of their rows. */
final class EventRows {
    private static final String SELECT =
            "SELECT generated, message_key, type_ref, message_text, traits, raw FROM events WHERE 1 = 1";

    private final Engine engine;
    private final Connection connection;

    EventRows(Engine engine, Connection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void read(LedgerQuery query, Consumer<? super Event> to) throws SQLException {
        Map<Integer, String> types = Names.eventTypes(connection);
        SqlText sql = new SqlText(SELECT);
        if (query.type() != null) {
            sql.add("AND type_ref IN "
                    + Names.in(Names.matching(types, query.type(), name -> name).keySet()));
        }
        if (query.from() != null) {
            sql.add("AND generated >= ?", Micros.ceiling(query.from()));
        }
        if (query.to() != null) {
            sql.add("AND generated < ?", Micros.ceiling(query.to()));
        }
        query.traits().forEach((name, value) -> TraitFilter.add(sql, engine, name, value));
        sql.add("ORDER BY generated, id");
        if (query.limit() != null) {
            sql.add("LIMIT ?", query.limit());
        }
        stream(sql, types, to);
    }

    /** Those of one batch, in the order they were written. */
    void between(long firstId, long lastId, Consumer<? super Event> to) throws SQLException {
        SqlText sql = new SqlText(SELECT).add("AND id BETWEEN ? AND ? ORDER BY id", firstId, lastId);
        stream(sql, Names.eventTypes(connection), to);
    }

    private void stream(SqlText sql, Map<Integer, String> types, Consumer<? super Event> to) throws SQLException {
        sql.query(connection, row -> {
            to.accept(event(row, types));
            return true;
        });
    }

    private Event event(ResultSet row, Map<Integer, String> types) throws SQLException {
        String type = types.get(row.getInt(3));
        if (type == null) {
            throw new IllegalStateException("the ledger holds an event of unknown type " + row.getInt(3));
        }
        byte[] raw = row.getBytes(6);
        return new Event(
                messageId(engine.getUuid(row, 2), row.getString(4)),
                type,
                Micros.instant(row.getLong(1)),
                TraitsJson.read(row.getString(5)),
                raw == null ? null : Compression.inflate(raw));
    }

    static MessageId messageId(UUID key, @Nullable String text) {
        return new MessageId(text == null ? key.toString() : text);
    }
}
