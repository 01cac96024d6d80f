// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

import io.nephometer.model.Meter;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds or adds shared rows. Always: look, add what is missing (waiting for those who add the same), look again for what
 * others added meanwhile.
 */
final class PostgresDictionaries {
    private final Connection connection;

    PostgresDictionaries(Connection connection) {
        this.connection = connection;
    }

    Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException {
        String find = "SELECT id, name FROM " + dictionary.table() + " WHERE name = ANY (?)";
        String add = "INSERT INTO " + dictionary.table() + " (name) SELECT unnest(?::text[]) "
                + "ON CONFLICT (name) DO NOTHING RETURNING id, name";
        Map<String, Long> ids = new HashMap<>();
        for (String sql : List.of(find, add, find)) {
            SortedSet<String> missing = new TreeSet<>(names);
            missing.removeAll(ids.keySet());
            if (!missing.isEmpty()) {
                names(sql, missing, ids);
            }
        }
        return ids;
    }

    private void names(String sql, SortedSet<String> names, Map<String, Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getString(2), row.getLong(1));
                }
            }
        }
    }

    /** There are few, and new ones are rare: one by one. */
    Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException {
        String find = "SELECT id FROM meters WHERE name = ? AND type = ? AND unit = ?";
        String add = "INSERT INTO meters (name, type, unit) VALUES (?, ?, ?) "
                + "ON CONFLICT (name, type, unit) DO NOTHING RETURNING id";
        Map<Meter, Long> ids = new HashMap<>();
        for (Meter meter : meters) {
            for (String sql : List.of(find, add, find)) {
                if (!ids.containsKey(meter)) {
                    meter(sql, meter, ids);
                }
            }
        }
        return ids;
    }

    private void meter(String sql, Meter meter, Map<Meter, Long> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, meter.name());
            statement.setString(2, meter.type().wireName());
            statement.setString(3, meter.unit());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    ids.put(meter, row.getLong(1));
                }
            }
        }
    }

    Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions) throws SQLException {
        String find = """
                SELECT m.id, m.resource_ref, m.kind, m.content_hash
                FROM unnest(?::int[], ?::smallint[], ?::uuid[]) AS wanted (resource, kind, hash)
                JOIN metadata_versions m
                  ON m.resource_ref = wanted.resource AND m.kind = wanted.kind AND m.content_hash = wanted.hash
                """;
        String add = """
                INSERT INTO metadata_versions (resource_ref, kind, content_hash, valid_from, content)
                SELECT * FROM unnest(?::int[], ?::smallint[], ?::uuid[], ?::bigint[], ?::bytea[])
                ON CONFLICT (resource_ref, kind, content_hash) DO NOTHING
                RETURNING id, resource_ref, kind, content_hash
                """;
        Map<MetadataKey, Long> ids = new HashMap<>();
        for (String sql : List.of(find, add, find)) {
            SortedMap<MetadataKey, MetadataContent> missing = new TreeMap<>(versions);
            missing.keySet().removeAll(ids.keySet());
            if (!missing.isEmpty()) {
                metadata(sql, missing, sql.equals(add), ids);
            }
        }
        return ids;
    }

    private void metadata(
            String sql, SortedMap<MetadataKey, MetadataContent> versions, boolean add, Map<MetadataKey, Long> ids)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Collection<MetadataKey> keys = versions.keySet();
            statement.setArray(1, array("int4", keys.stream().map(MetadataKey::resource)));
            statement.setArray(2, array("int2", keys.stream().map(MetadataKey::kind)));
            statement.setArray(3, array("uuid", keys.stream().map(MetadataKey::hash)));
            if (add) {
                statement.setArray(4, array("int8", versions.values().stream().map(MetadataContent::validFrom)));
                statement.setArray(5, connection.createArrayOf("bytea", contents(versions)));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.put(
                            new MetadataKey(row.getInt(2), row.getShort(3), row.getObject(4, UUID.class)),
                            row.getLong(1));
                }
            }
        }
    }

    private static byte[][] contents(SortedMap<MetadataKey, MetadataContent> versions) {
        List<byte[]> contents = new ArrayList<>(versions.size());
        for (Entry<MetadataKey, MetadataContent> version : versions.entrySet()) {
            contents.add(Compression.deflate(version.getValue().json()));
        }
        return contents.toArray(new byte[0][]);
    }

    private Array array(String type, Stream<?> elements) throws SQLException {
        return connection.createArrayOf(type, elements.toArray());
    }
}
