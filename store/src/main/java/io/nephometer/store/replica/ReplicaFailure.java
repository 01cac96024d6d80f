// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.commit.PoolExhaustedException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a failure of a replica means, by its SQLSTATE alone. */
final class ReplicaFailure {
    /** Written there; cancelled because replay needed what was read; the database itself missing. */
    private static final Set<String> ELSEWHERE = Set.of("25006", "40001", "40P01", "42000", "3D000", "70100", "HY000");

    /** Grants, tables, columns or the schema are missing: on a replica that lags behind an upgrade, or for this account. */
    private static final Set<String> MISSING = Set.of("42501", "42P01", "42703", "3F000", "42S02", "42S22");

    /** MariaDB says 42000 of much; these are of accounts that may not read a database, a table or a column. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143);

    private ReplicaFailure() {}

    /** Whether another server may answer the same question. */
    static boolean isWorthAnotherServer(Throwable failure) {
        SQLException sql = SqlFailure.in(failure);
        if (sql == null) {
            return false;
        }
        String state = SqlFailure.state(sql);
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLTimeoutException
                || sql instanceof PoolExhaustedException
                || ELSEWHERE.contains(state)
                || MISSING.contains(state)
                || isOfConnection(state)
                || state.startsWith("28");
    }

    /** Whether it says something of the server, and not of one question. */
    static boolean isOfServer(SQLException sql) {
        return sql instanceof SQLTransientConnectionException || isOfConnection(SqlFailure.state(sql));
    }

    /** Whether it will be the same with what is read next. */
    static boolean isRefusal(SQLException sql) {
        String state = SqlFailure.state(sql);
        return MISSING.contains(state) || (state.equals("42000") && DENIED.contains(SqlFailure.code(sql)));
    }

    /** 08 connection, 53 no resources, 57P server going down. */
    private static boolean isOfConnection(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }

    static Finding finding(SQLException failure) {
        String state = SqlFailure.state(failure);
        String detail = SqlFailure.text(failure);
        if (state.startsWith("28") || state.startsWith("42") || state.startsWith("3D")) {
            return new Finding(Finding.Reason.REFUSED, detail);
        }
        return new Finding(isSilence(failure) ? Finding.Reason.SILENT : Finding.Reason.UNREACHABLE, detail);
    }

    private static boolean isSilence(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.SocketTimeoutException || cause instanceof SQLTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
