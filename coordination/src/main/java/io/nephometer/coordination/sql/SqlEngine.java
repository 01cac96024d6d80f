// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import java.time.Duration;

/** What differs between databases. */
public enum SqlEngine {
    POSTGRESQL("CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)") {
        // Whoever stops within a change holds up the changes of others no longer than this.
        @Override
        String bounds(Duration limit) {
            return String.format(
                    "SET LOCAL lock_timeout = %1$d; SET LOCAL statement_timeout = %1$d;"
                            + " SET LOCAL idle_in_transaction_session_timeout = %1$d",
                    limit.toMillis());
        }
    },

    /** In sessions of its own: what bounds a change stays set for them. Their isolation is to be READ COMMITTED. */
    MARIADB("timestampdiff(MICROSECOND, '1970-01-01', utc_timestamp(6))") {
        @Override
        String bounds(Duration limit) {
            return String.format(
                    "SET SESSION innodb_lock_wait_timeout = %1$d, max_statement_time = %2$d.%3$03d,"
                            + " idle_transaction_timeout = %1$d",
                    limit.plusMillis(999).toSeconds(), limit.toSeconds(), limit.toMillisPart());
        }
    },

    /** For one process, as always with SQLite. Its clock is that of the machine, in milliseconds. */
    SQLITE("CAST(unixepoch('subsec') * 1000000 AS integer)") {
        @Override
        String bounds(Duration limit) {
            return "SELECT 1";
        }
    };

    private final String now;

    SqlEngine(String now) {
        this.now = now;
    }

    /** Microseconds since the epoch by the database's clock, as an expression. */
    String now() {
        return now;
    }

    /** A statement that bounds the transaction that it begins. */
    abstract String bounds(Duration limit);
}
