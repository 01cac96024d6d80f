// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.Routed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reads of one command. What is stale is said on standard error. */
final class RoutedReads implements AutoCloseable {
    /** A command does not wait longer than this to learn how the replicas stand, where somebody else answers. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The same where nobody else does. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(5);

    private final ReplicaRouter<LedgerView> router;
    private final ReadIntent intent;
    private final Fallback fallback;
    private final PrintWriter err;

    RoutedReads(ReplicaRouter<LedgerView> router, Duration maxStaleness, Fallback fallback, PrintWriter err) {
        this.router = router;
        this.intent = new ReadIntent.Bounded(maxStaleness);
        this.fallback = fallback;
        this.err = err;
    }

    void settle() {
        router.settle(fallback == Fallback.SKIP ? LONG_PATIENCE : PATIENCE);
    }

    ReplicaRouter<LedgerView> router() {
        return router;
    }

    /** Tells the answers one by one. */
    <T> void list(BiConsumer<LedgerView, Consumer<? super T>> question, Consumer<? super T> to) {
        Routed<Boolean> routed = router.list(intent, fallback, question, to);
        answer(routed);
    }

    /** Gives the whole answer. */
    <T> T read(Function<LedgerView, T> question) {
        return answer(router.read(intent, fallback, question));
    }

    private <T> T answer(Routed<T> routed) {
        return switch (routed) {
            case Routed.Answer<T> answer -> {
                warn(answer.route());
                yield answer.value();
            }
            case Routed.NotNow<T> refused ->
                throw new LedgerException(
                        Kind.UNREACHABLE,
                        "nothing was read: " + refused.route().detail() + " ("
                                + refused.route().reason().label() + "); see replica status, or take --fallback stale",
                        null);
        };
    }

    private void warn(ReadRoute route) {
        if (route.isStale()) {
            err.println("nephometer: warning: answered by the replica " + route.server() + age(route.staleness())
                    + origin());
            err.flush();
        }
    }

    private static String age(@Nullable Duration staleness) {
        return staleness == null
                ? "; how old that is cannot be told, for its primary does not answer"
                : ", which may lack the last " + DurationText.print(Duration.ofSeconds(staleness.toSeconds() + 1));
    }

    private String origin() {
        return router.primary()
                .filter(primary -> primary.identity() == null)
                .map(primary -> "; whether it is a replica of " + primary.server()
                        + " at all cannot be told before that has answered once")
                .orElse("");
    }

    @Override
    public void close() {
        router.close();
    }
}
