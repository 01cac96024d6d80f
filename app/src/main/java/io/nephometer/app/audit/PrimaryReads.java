// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads of the ledger itself.
 *
 * @param ledger empty while it cannot be reached
 */
record PrimaryReads(Supplier<Optional<Ledger>> ledger) implements AuditReads {
    /** What the ledger itself is called where it is told who answered. */
    static final String SOURCE = "primary";

    @Override
    public <T> Read<T> read(Function<? super LedgerView, T> question) throws AuditException {
        try {
            Optional<Ledger> open = ledger.get();
            if (open.isEmpty()) {
                throw new AuditException("the ledger cannot be reached", null);
            }
            return new Read<>(question.apply(open.get()), SOURCE, null);
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The ledger itself lacks nothing. */
    @Override
    public <T> Read<T> complete(Instant upTo, Function<? super LedgerView, T> question) throws AuditException {
        return read(question);
    }
}
