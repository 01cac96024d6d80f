// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.sql;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a database, in the server's words. A pool says that it has no connection, a batch repeats its statement, a driver
 * says that an attempt failed; why that is so stands in their causes.
 */
public final class SqlFailure {
    private SqlFailure() {}

    /** SQLSTATE and message of what a human has to know; on one line if the server's is. */
    public static String text(SQLException failure) {
        String state = state(failure);
        String said = String.valueOf(told(failure).getMessage());
        String head = state.isEmpty() || said.startsWith(state + " ") ? said : state + " " + said;
        return head + root(failure, said);
    }

    /** The SQLSTATE of the exception, or of what caused it; empty if none has one. */
    public static String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /** The server's own number of what failed; 0 if it did not come so far. */
    public static int code(SQLException failure) {
        return told(failure).getErrorCode();
    }

    /** The database's failure that is the cause of another one, whoever wrapped it; null if there is none. */
    public static @Nullable SQLException in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** Behind what only says that something else failed. */
    private static SQLException told(SQLException failure) {
        boolean isWrapper =
                failure instanceof SQLTransientConnectionException || failure instanceof BatchUpdateException;
        return isWrapper && failure.getCause() instanceof SQLException cause ? told(cause) : failure;
    }

    /** What the network said, if the driver keeps it to itself. */
    private static String root(Throwable failure, String said) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root instanceof SQLException || message == null || said.contains(message) ? "" : " (" + message + ")";
    }
}
