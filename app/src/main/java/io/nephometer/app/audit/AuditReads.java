// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.ledger.LedgerView;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where audits read what may be a little old. Nothing can be written by this. */
interface AuditReads {
    /**
     * Asks. The question may be asked a second time, of another server.
     *
     * @throws AuditException if nobody answers, or nobody may
     */
    <T> Read<T> read(Function<? super LedgerView, T> question) throws AuditException;

    /**
     * As {@link #read}, of somebody who lacks nothing that was committed up to a moment of the primary's clock.
     *
     * @throws AuditException if nobody answers, or nobody may
     */
    <T> Read<T> complete(Instant upTo, Function<? super LedgerView, T> question) throws AuditException;

    /**
     * An answer.
     *
     * @param source which server gave it, for people: {@code primary}
     * @param complete it lacks nothing that was committed up to then, by the primary's clock; null: up to when it was asked for
     * @param <T> what was asked for
     */
    record Read<T>(T value, String source, @Nullable Instant complete) {}
}
