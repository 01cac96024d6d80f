// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditReadConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReadRoute.Reason;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.Routed;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a replica, as long as it is proven that it lacks nothing older than the audits take. That bounds how late an audit is, not
 * whether it is right: an answer says itself up to when it is complete.
 */
record ReplicaReads(ReplicaRouter<LedgerView> router, ReadIntent intent, Fallback fallback) implements AuditReads {
    private static final int TURNS = 50;
    private static final long PAUSE = 100_000_000;

    /** As an audit reads; what it does not say is as the ledger's readers do. */
    static ReplicaReads of(ReplicaRouter<LedgerView> router, AuditReadConfig reads, StoreConfig store) {
        return new ReplicaReads(router, new ReadIntent.Bounded(reads.maxStaleness(store)), reads.fallback(store));
    }

    @Override
    public <T> Read<T> read(Function<? super LedgerView, T> question) throws AuditException {
        return read(intent, fallback, question);
    }

    /** Of a stale answer it is not known what it lacks, so none is taken. */
    @Override
    public <T> Read<T> complete(Instant upTo, Function<? super LedgerView, T> question) throws AuditException {
        Fallback rather = fallback == Fallback.STALE ? Fallback.SKIP : fallback;
        return read(new ReadIntent.Watermark(upTo), rather, question);
    }

    private <T> Read<T> read(ReadIntent needed, Fallback otherwise, Function<? super LedgerView, T> question)
            throws AuditException {
        try {
            return switch (inTurn(needed, otherwise, question)) {
                case Routed.Answer<T>(T value, ReadRoute route) -> new Read<>(value, source(route), route.watermark());
                case Routed.NotNow<T>(ReadRoute route) ->
                    throw new AuditException(
                            "nothing was read: " + route.detail() + " ("
                                    + route.reason().label() + ")",
                            null);
            };
        } catch (LedgerException e) {
            throw new AuditException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A round of audits asks more at once than the primary takes over from replicas in a second, and has time. */
    private <T> Routed<T> inTurn(ReadIntent needed, Fallback otherwise, Function<? super LedgerView, T> question) {
        Routed<T> routed = router.read(needed, otherwise, question::apply);
        for (int i = 0; i < TURNS && routed.route().reason() == Reason.BUDGET_SPENT; i++) {
            LockSupport.parkNanos(PAUSE);
            routed = router.read(needed, otherwise, question::apply);
        }
        return routed;
    }

    private static String source(ReadRoute route) {
        return switch (route.target()) {
            case PRIMARY, NOBODY -> PrimaryReads.SOURCE;
            case REPLICA -> "replica " + route.server();
            case STALE_REPLICA -> "replica " + route.server() + ", stale" + age(route.staleness());
        };
    }

    private static String age(@Nullable Duration staleness) {
        return staleness == null ? ", of unknown age" : ", " + (staleness.toSeconds() + 1) + " s at most";
    }
}
