// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.commit.PoolExhaustedException;
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
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CellException cell) {
                return cell.trouble();
            }
            if (cause instanceof LedgerException driver && driver.kind() == LedgerException.Kind.UNSUPPORTED_SERVER) {
                return new CellTrouble(CellTrouble.Reason.NO_DRIVER, String.valueOf(driver.getMessage()));
            }
        }
        SQLException sql = SqlFailure.in(failure);
        return sql == null
                ? new CellTrouble(CellTrouble.Reason.UNREACHABLE, String.valueOf(failure.getMessage()))
                : new CellTrouble(reason(sql), SqlFailure.text(sql));
    }

    private static CellTrouble.Reason reason(SQLException failure) {
        String state = SqlFailure.state(failure);
        if (state.startsWith("28") || SqlFailure.code(failure) == NO_SUCH_DATABASE_FOR_USER) {
            return CellTrouble.Reason.REFUSED;
        }
        boolean isAway = state.startsWith("08") || (state.isEmpty() && !(failure instanceof PoolExhaustedException));
        return isAway ? CellTrouble.Reason.UNREACHABLE : CellTrouble.Reason.FAILED;
    }
}
