// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/**
 * The time by which a ledger judges leases: the database's clock where it has one.
 *
 * @param clock for engines without one of their own
 */
record LedgerTime(Engine engine, InstantSource clock) {
    /** Microseconds since the epoch. */
    long now(Connection connection) throws SQLException {
        String sql = engine.clock();
        if (sql == null) {
            return Micros.floor(clock.instant());
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
