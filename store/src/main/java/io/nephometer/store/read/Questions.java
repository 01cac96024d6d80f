// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.ledger.LedgerException;
import java.sql.SQLException;

/** Runs work on a database and says in the ledger's words what failed. */
record Questions(Engine engine) {
    private static final int ATTEMPTS = 5;

    interface Reading<T> {
        T run(ReadSession session) throws SQLException;
    }

    interface Writing<T> {
        T run(Transaction transaction) throws SQLException;
    }

    <T> T read(Reading<T> reading) {
        return read(engine::read, reading);
    }

    /** For what is answered at once, or not. */
    <T> T look(Reading<T> reading) {
        return read(engine::look, reading);
    }

    private interface Opening {
        ReadSession open() throws SQLException;
    }

    private static <T> T read(Opening opening, Reading<T> reading) {
        try (ReadSession session = opening.open()) {
            return reading.run(session);
        } catch (SQLException e) {
            throw failed("reading the ledger", e);
        }
    }

    /** In one transaction, committed at the end. Done again if another one got in the way, so it must not keep what it did. */
    <T> T write(Writing<T> writing) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = engine.begin()) {
                T result = writing.run(transaction);
                transaction.commit();
                return result;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || engine.verdict(e) != Engine.Verdict.AGAIN) {
                    throw failed("writing to the ledger", e);
                }
            }
        }
    }

    private static LedgerException failed(String what, SQLException e) {
        return new LedgerException(LedgerException.Kind.FAILED, what + " failed: " + SqlFailure.text(e), e);
    }
}
