// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import io.nephometer.store.ledger.LedgerException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A cell database cannot be read. */
public final class CellException extends SQLException {
    private static final long serialVersionUID = 1L;

    private static final int NO_SUCH_DATABASE_FOR_USER = 1044;

    private final CellTrouble.Reason reason;

    CellException(CellTrouble trouble, @Nullable SQLException cause) {
        super(trouble.detail(), cause == null ? "42000" : cause.getSQLState(), cause);
        this.reason = trouble.reason();
    }

    public CellTrouble trouble() {
        return new CellTrouble(reason, String.valueOf(getMessage()));
    }

    /** What a failure says of a cell, whoever wrapped it. */
    static CellTrouble of(Throwable failure) {
        SQLException sql = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CellException cell) {
                return cell.trouble();
            }
            if (cause instanceof LedgerException driver && driver.kind() == LedgerException.Kind.UNSUPPORTED_SERVER) {
                return new CellTrouble(CellTrouble.Reason.NO_DRIVER, String.valueOf(driver.getMessage()));
            }
            sql = cause instanceof SQLException found && (sql == null || sql.getSQLState() == null) ? found : sql;
        }
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        String detail = (state.isEmpty() ? "" : state + " ") + (sql == null ? failure : sql).getMessage();
        if (state.startsWith("28") || (sql != null && sql.getErrorCode() == NO_SUCH_DATABASE_FOR_USER)) {
            return new CellTrouble(CellTrouble.Reason.REFUSED, detail);
        }
        return new CellTrouble(
                state.startsWith("08") || state.isEmpty() ? CellTrouble.Reason.UNREACHABLE : CellTrouble.Reason.FAILED,
                detail);
    }
}
