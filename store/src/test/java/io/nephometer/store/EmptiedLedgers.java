// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Ledgers of one server for many short tests. To make the tables of a ledger takes longer than such a test, so what one test
 * leaves is emptied and given to the next. Tests of making the tables ask for a new database.
 */
final class EmptiedLedgers {
    /** Tables that a new ledger has a row in, and how that begins. */
    private static final Map<String, String> HEADS = Map.of("log_head", "position = 0", "members_head", "revision = 0");

    private static final String HISTORY = "schema_history";

    private final Supplier<StoreUrl> places;
    private final List<Made> made = new ArrayList<>();
    private int given;

    private record Made(StoreUrl url, DataSource connections) {}

    /**
     * @param places empty ones, for ledgers to be made
     */
    EmptiedLedgers(Supplier<StoreUrl> places) {
        this.places = places;
    }

    /** An empty ledger that no other one of this test has. */
    StoreUrl next() {
        if (given < made.size()) {
            empty(made.get(given).connections());
        } else {
            StoreUrl url = places.get();
            Ledgers.migrate(url, LedgerOptions.DEFAULTS);
            made.add(new Made(url, connections(url)));
        }
        return made.get(given++).url();
    }

    /** The test has ended: the next one may have its ledgers. */
    void takeBack() {
        given = 0;
    }

    private static DataSource connections(StoreUrl url) {
        return Ledgers.connections(url, LedgerOptions.DEFAULTS, 1).orElseThrow().source();
    }

    private static void empty(DataSource connections) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : tables(connection)) {
                String begin = HEADS.get(table);
                statement.executeUpdate(begin == null ? "DELETE FROM " + table : "UPDATE " + table + " SET " + begin);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("a ledger was not emptied", e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (row.next()) {
                String table = row.getString("TABLE_NAME");
                if (!table.equals(HISTORY)) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }
}
