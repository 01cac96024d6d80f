// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes of the table of samples without metadata that belong to a commit. The SQL is the same on every engine. */
final class PendingTable {
    private static final String INSERT =
            "INSERT INTO pending_samples (sample_id, instance, as_of, since, body) VALUES (?, ?, ?, ?, ?)";
    private static final String OPEN = """
            SELECT s.id, s.measured, r.name, s.pack
            FROM pending_samples p JOIN slot_samples s ON s.id = p.sample_id JOIN resources r ON r.id = s.resource_ref
            WHERE p.given_up IS NULL AND p.sample_id IN\s""";
    private static final String COMPLETE =
            "UPDATE slot_samples SET id = ?, metadata_ref = ?, project_ref = ?, user_ref = ? WHERE id = ?";
    private static final String DELETE = "DELETE FROM pending_samples WHERE sample_id = ?";

    private final Connection connection;

    PendingTable(Connection connection) {
        this.connection = connection;
    }

    /** A row to be completed later. */
    record Row(long sample, PendingNote note, long asOf) {}

    /**
     * A row that may be completed.
     *
     * @param samples how many are in it
     */
    record Open(long id, long measured, @Nullable String resource, int samples) {}

    /** A row with what it becomes. */
    record Completed(long id, long newId, long metadata, int project, int user) {}

    void insert(List<Row> rows, long now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                insert.setLong(1, row.sample());
                insert.setString(2, row.note().instance());
                insert.setLong(3, row.asOf());
                insert.setLong(4, now);
                insert.setBytes(5, Compression.deflate(row.note().json()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Locks those that are still open. */
    SortedMap<Long, Open> open(Collection<Long> ids, String forUpdate) throws SQLException {
        String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        SortedMap<Long, Open> open = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(OPEN + list + " ORDER BY 1 " + forUpdate);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int samples = SamplePack.of(row.getBytes(4)).entries().size();
                open.put(row.getLong(1), new Open(row.getLong(1), row.getLong(2), row.getString(3), samples));
            }
        }
        return open;
    }

    void complete(List<Completed> rows) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(COMPLETE);
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (Completed row : rows) {
                update.setLong(1, row.newId());
                update.setLong(2, row.metadata());
                update.setInt(3, row.project());
                update.setInt(4, row.user());
                update.setLong(5, row.id());
                update.addBatch();
                delete.setLong(1, row.id());
                delete.addBatch();
            }
            update.executeBatch();
            delete.executeBatch();
        }
    }
}
