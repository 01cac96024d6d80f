// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements behind {@link VersionTable}. */
final class VersionRows {
    private static final String COLUMNS = "v.id, v.since, v.told, v.host, v.launched, v.ended, v.unseen, v.fields";

    private final VersionTables tables;
    private final Connection connection;
    private final Dialect dialect;
    private final String forUpdate;

    VersionRows(VersionTables tables, Transaction transaction, String forUpdate) {
        this.tables = tables;
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
        this.forUpdate = forUpdate;
    }

    /** Locks the instances, adding those that are new, with their newest versions. In the order of {@code ids}. */
    List<InstanceHead> lock(List<String> ids) throws SQLException {
        add(ids);
        List<InstanceHead> heads = new ArrayList<>();
        String sql = "SELECT id, told, launched, lacking FROM " + tables.lives() + " WHERE id IN " + places(ids)
                + " ORDER BY id " + forUpdate;
        try (PreparedStatement select = prepare(sql, ids);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                heads.add(new InstanceHead(row.getString(1), row.getLong(2), number(row, 3), number(row, 4)));
            }
        }
        Map<String, VersionRow> newest = newest(ids);
        heads.forEach(head -> head.version(newest.get(head.id())));
        return heads;
    }

    private void add(List<String> ids) throws SQLException {
        String sql = dialect.insertMissing(tables.lives(), "id, newest, told", "id");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (String id : ids) {
                insert.setString(1, id);
                insert.setLong(2, Long.MIN_VALUE);
                insert.setLong(3, Long.MIN_VALUE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Map<String, VersionRow> newest(List<String> ids) throws SQLException {
        Map<String, VersionRow> newest = new HashMap<>();
        String sql = "SELECT " + COLUMNS + " FROM " + tables.versions() + " v JOIN " + tables.lives()
                + " i ON i.id = v.id " + "AND i.newest = v.since WHERE i.id IN " + places(ids);
        try (PreparedStatement select = prepare(sql, ids);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                newest.put(row.getString(1), version(row));
            }
        }
        return newest;
    }

    /** The version that was valid then; null if none is known from before. */
    @Nullable VersionRow asOf(String id, long time) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS + " FROM " + tables.versions()
                + " v WHERE v.id = ? AND v.since <= ? ORDER BY v.since DESC LIMIT 1")) {
            select.setString(1, id);
            select.setLong(2, time);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? version(row) : null;
            }
        }
    }

    private static VersionRow version(ResultSet row) throws SQLException {
        return new VersionRow(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                number(row, 5),
                number(row, 6),
                number(row, 7),
                Compression.inflate(row.getBytes(8)));
    }

    static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    void put(VersionRow version) throws SQLException {
        String facts = "told, share, host, launched, ended, unseen, fields";
        String sql = dialect.upsert(tables.versions(), facts + ", id, since", "id, since", facts, null);
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            upsert.setLong(1, version.told());
            upsert.setInt(2, version.share());
            upsert.setString(3, version.host());
            set(upsert, 4, version.launched());
            set(upsert, 5, version.terminated());
            set(upsert, 6, version.unseen());
            upsert.setBytes(7, Compression.deflate(version.fields()));
            upsert.setString(8, version.id());
            upsert.setLong(9, version.since());
            upsert.executeUpdate();
        }
    }

    void update(List<InstanceHead> heads) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + tables.lives()
                + " SET newest = ?, told = ?, launched = ?, ended = ?, lacking = ? " + "WHERE id = ?")) {
            for (InstanceHead head : heads) {
                VersionRow version = head.version();
                update.setLong(1, version == null ? Long.MIN_VALUE : version.since());
                update.setLong(2, head.told());
                set(update, 3, head.launched());
                set(update, 4, version == null ? null : version.terminated());
                set(update, 5, head.lacking());
                update.setString(6, head.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Long number) throws SQLException {
        if (number == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, number);
        }
    }

    private static String places(List<String> ids) {
        return "(" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
    }

    private PreparedStatement prepare(String sql, List<String> ids) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < ids.size(); i++) {
            statement.setString(i + 1, ids.get(i));
        }
        return statement;
    }
}
