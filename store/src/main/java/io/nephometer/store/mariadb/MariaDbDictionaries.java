// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds or adds shared rows. Looks, then adds what is missing. Who adds the same at once waits, and then gets what is there: the
 * update that changes nothing serves to have its reference returned.
 */
final class MariaDbDictionaries {
    private static final String OR_FIND = " ON DUPLICATE KEY UPDATE id = id RETURNING id, ";

    private final Connection connection;

    MariaDbDictionaries(Connection connection) {
        this.connection = connection;
    }

    Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        String table = dictionary.table();
        names("SELECT id, name FROM " + table + " WHERE name IN (", ")", names, ids);
        SortedSet<String> missing = new TreeSet<>(names);
        missing.removeAll(ids.keySet());
        names("INSERT INTO " + table + " (name) VALUES ", OR_FIND + "name", missing, ids);
        return ids;
    }

    private void names(String before, String after, SortedSet<String> names, Map<String, Long> ids)
            throws SQLException {
        Rows.query(
                connection,
                before,
                1,
                after,
                names,
                PreparedStatement::setString,
                row -> ids.put(row.getString(2), row.getLong(1)));
    }

    Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException {
        Map<Meter, Long> ids = new HashMap<>();
        meters("SELECT id, name, type, unit FROM meters WHERE (name, type, unit) IN (", ")", meters, ids);
        List<Meter> missing = new ArrayList<>(meters);
        missing.removeAll(ids.keySet());
        meters("INSERT INTO meters (name, type, unit) VALUES ", OR_FIND + "name, type, unit", missing, ids);
        return ids;
    }

    private void meters(String before, String after, Collection<Meter> meters, Map<Meter, Long> ids)
            throws SQLException {
        Rows.query(
                connection,
                before,
                3,
                after,
                meters,
                (statement, from, meter) -> {
                    statement.setString(from, meter.name());
                    statement.setString(from + 1, meter.type().wireName());
                    statement.setString(from + 2, meter.unit());
                },
                row -> ids.put(
                        new Meter(
                                row.getString(2),
                                MeterType.ofWireName(row.getString(3)).orElseThrow(),
                                row.getString(4)),
                        row.getLong(1)));
    }

    Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions) throws SQLException {
        Map<MetadataKey, Long> ids = new HashMap<>();
        Rows.query(
                connection,
                "SELECT id, resource_ref, kind, content_hash FROM metadata_versions "
                        + "WHERE (resource_ref, kind, content_hash) IN (",
                3,
                ")",
                versions.keySet(),
                MariaDbDictionaries::key,
                row -> ids.put(
                        new MetadataKey(row.getInt(2), row.getShort(3), MariaDbEngine.uuid(row.getBytes(4))),
                        row.getLong(1)));
        SortedMap<MetadataKey, MetadataContent> missing = new TreeMap<>(versions);
        missing.keySet().removeAll(ids.keySet());
        Rows.query(
                connection,
                "INSERT INTO metadata_versions (resource_ref, kind, content_hash, valid_from, content) VALUES ",
                5,
                OR_FIND + "resource_ref, kind, content_hash",
                missing.entrySet(),
                (statement, from, version) -> {
                    key(statement, from, version.getKey());
                    statement.setLong(from + 3, version.getValue().validFrom());
                    statement.setBytes(
                            from + 4, Compression.deflate(version.getValue().json()));
                },
                row -> ids.put(
                        new MetadataKey(row.getInt(2), row.getShort(3), MariaDbEngine.uuid(row.getBytes(4))),
                        row.getLong(1)));
        return ids;
    }

    private static void key(PreparedStatement statement, int from, MetadataKey key) throws SQLException {
        statement.setInt(from, key.resource());
        statement.setShort(from + 1, key.kind());
        statement.setBytes(from + 2, MariaDbEngine.bytes(key.hash()));
    }
}
