// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The times that whoever writes to a ledger leaves in it anyway: each source of a collector with every commit, each reader of a cloud
 * with every window. Each was taken before the commit that brought it, so a server that shows it lacks nothing committed before.
 */
final class LedgerBeats {
    /** Microseconds since the epoch. */
    static final String NEWEST = "SELECT updated_at FROM consumers UNION ALL SELECT updated_at FROM inventory_marks "
            + "ORDER BY updated_at DESC LIMIT 16";

    private LedgerBeats() {}

    static List<Instant> of(ProbeConnection connection) throws SQLException {
        return of(connection, NEWEST);
    }

    /** The same of other tables. */
    static List<Instant> of(ProbeConnection connection, String newest) throws SQLException {
        return connection.ask(newest, LedgerBeats::read);
    }

    private static List<Instant> read(ResultSet row) throws SQLException {
        List<Instant> beats = new ArrayList<>();
        while (row.next()) {
            beats.add(Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS));
        }
        return beats;
    }
}
