// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.runtime.sql.SqlFailure;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What an exception of a database means. */
final class LaneFailure {
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int MARIADB_LOCK_WAIT = 1205;
    private static final int MARIADB_STATEMENT_TIME = 1969;
    private static final int MARIADB_DATABASE_DENIED = 1044;
    private static final int MARIADB_TABLE_DENIED = 1142;

    private LaneFailure() {}

    static CoordinationException of(String what, SQLException cause) {
        return new CoordinationException(
                kind(cause), "the database did not " + what + ": " + SqlFailure.text(cause), cause);
    }

    private static CoordinationFailure kind(SQLException cause) {
        if (cause instanceof SQLTimeoutException) {
            return CoordinationFailure.TIMED_OUT;
        }
        // A pool that has no connection to give.
        if (cause instanceof SQLTransientConnectionException) {
            return CoordinationFailure.UNREACHABLE;
        }
        switch (cause.getErrorCode()) {
            case MARIADB_LOCK_WAIT, MARIADB_STATEMENT_TIME -> {
                return CoordinationFailure.TIMED_OUT;
            }
            case MARIADB_DATABASE_DENIED, MARIADB_TABLE_DENIED -> {
                return CoordinationFailure.REFUSED;
            }
            default -> {}
        }
        String state = cause.getSQLState();
        return state == null || state.length() < 2 ? kind(cause.getErrorCode()) : kind(state);
    }

    private static CoordinationFailure kind(int code) {
        int primary = code & 0xff;
        return primary == SQLITE_BUSY || primary == SQLITE_LOCKED
                ? CoordinationFailure.TIMED_OUT
                : CoordinationFailure.BROKEN;
    }

    private static CoordinationFailure kind(String state) {
        return switch (state) {
            case "42501" -> CoordinationFailure.REFUSED; // insufficient privilege
            case "55P03", "57014", "25P03" -> CoordinationFailure.TIMED_OUT; // lock, statement, idle transaction
            default ->
                switch (state.substring(0, 2)) {
                    case "08", "53", "57" -> CoordinationFailure.UNREACHABLE; // connection, resources, shutdown
                    case "28" -> CoordinationFailure.REFUSED; // authorization
                    case "40" -> CoordinationFailure.TIMED_OUT; // deadlock: as if it had never begun
                    default -> CoordinationFailure.BROKEN;
                };
        };
    }

    static CoordinationException late(String what, long millis, @Nullable Throwable cause) {
        return new CoordinationException(
                CoordinationFailure.TIMED_OUT,
                "the database did not " + what + " within " + millis + " ms, a third of the lease",
                cause);
    }
}
