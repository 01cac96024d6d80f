// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.commit.PoolExhaustedException;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.OpenView;
import io.nephometer.store.replica.ReadRoute.Reason;
import io.nephometer.store.replica.ReadRoute.Target;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends each read to a server that can give what the reader needs, and tells which one it was. Without replicas that is the
 * primary, with nothing added. Thread-safe.
 *
 * <p>A replica is asked only if it is proven that it can; nobody waits for one. If it fails in the middle, another server is
 * asked, once, unless part of the answer was handed over already.
 */
public final class ReplicaRouter<V extends OpenView> implements AutoCloseable {
    private final LazyView<V> primary;
    private final String primaryName;
    private final @Nullable PrimaryWatch watch;
    private final List<Replica<V>> replicas;
    private final Eligibility eligibility;
    private final TokenBucket budget;
    private final RouterObserver observer;
    private final ReplicaProbing probing;
    private final Ticker ticker;
    private final AtomicInteger turn = new AtomicInteger();

    /** Made by {@link RouterParts#router}. */
    ReplicaRouter(
            String primaryName,
            LazyView<V> primary,
            @Nullable PrimaryWatch watch,
            List<Replica<V>> replicas,
            RoutingOptions options,
            Ticker ticker,
            RouterObserver observer) {
        this.primaryName = primaryName;
        this.primary = primary;
        this.watch = watch;
        this.replicas = List.copyOf(replicas);
        this.eligibility = new Eligibility(options.maxStaleness(), ticker);
        this.budget = new TokenBucket(options.fallbackReads(), ticker);
        this.observer = observer;
        this.ticker = ticker;
        this.probing = new ReplicaProbing(watch, replicas, options.probeInterval(), ticker);
    }

    /** Begins to ask the servers how they stand, now and at each interval. Returns at once. Nothing happens without replicas. */
    public void start() {
        probing.start();
    }

    /** Asks them a few times, for a process that lives as long as one question; returns when something is proven, or after that time. */
    public void settle(Duration atMost) {
        probing.settle(atMost);
    }

    /** Asks each once, one after the other. */
    void lookOnce() {
        if (watch != null) {
            watch.ask();
            replicas.forEach(Replica::ask);
        }
    }

    /** Whether there are replicas at all. */
    public boolean hasReplicas() {
        return !replicas.isEmpty();
    }

    /** A token for what was committed until now; empty if the primary does not answer, or there are no replicas to compare. */
    public Optional<CausalToken> token() {
        if (watch == null) {
            return Optional.empty();
        }
        long begin = ticker.nanos();
        watch.askAfresh();
        return watch.askedSince(begin).flatMap(position -> watch.last()
                .map(look -> new CausalToken(look.cluster(), look.history(), position)));
    }

    /** How each replica stands. */
    public List<ReplicaStatus> replicas() {
        return replicas.stream().map(Replica::status).toList();
    }

    /** The latest moment, by the primary's clock, up to which some replica that may be read now lacks nothing. */
    public Optional<Instant> watermark() {
        return replicas.stream()
                .filter(replica -> replica.state() == ReplicaState.HEALTHY || replica.state() == ReplicaState.LAGGING)
                .flatMap(replica -> replica.proof().stream())
                .map(Proof::watermark)
                .max(Comparator.naturalOrder());
    }

    /** How the primary stands; empty without replicas. */
    public Optional<PrimaryStatus> primary() {
        return Optional.ofNullable(watch).map(PrimaryWatch::status);
    }

    /**
     * Asks. {@code question} may be asked a second time, of another server.
     *
     * @throws LedgerException if the server that has to answer fails
     */
    public <T> Routed<T> read(ReadIntent intent, Fallback fallback, Function<V, T> question) {
        return new Reading<>(intent, fallback, question, () -> true).run();
    }

    /**
     * Asks for what is told one by one. Once something was told, a failure is not hidden by asking another server.
     *
     * @throws LedgerException if the server that has to answer fails
     */
    public <T> Routed<Boolean> list(
            ReadIntent intent, Fallback fallback, BiConsumer<V, Consumer<? super T>> question, Consumer<? super T> to) {
        Delivery<T> delivery = new Delivery<>(to);
        Function<V, Boolean> asking = view -> {
            question.accept(view, delivery);
            return true;
        };
        return new Reading<>(intent, fallback, asking, () -> !delivery.hasBegun()).run();
    }

    /** One read on its way. */
    private final class Reading<T> {
        private final ReadIntent intent;
        private final Fallback fallback;
        private final Function<V, T> question;
        private final BooleanSupplier repeatable;
        private @Nullable Replica<V> failed;
        private Reason failure = Reason.FAILED_THERE;

        Reading(ReadIntent intent, Fallback fallback, Function<V, T> question, BooleanSupplier repeatable) {
            this.intent = intent;
            this.fallback = fallback;
            this.question = question;
            this.repeatable = repeatable;
        }

        Routed<T> run() {
            Routed<T> routed = route();
            observer.routed(routed.route());
            return routed;
        }

        private Routed<T> route() {
            if (replicas.isEmpty()) {
                return fromPrimary(Reason.NO_REPLICA, "there are no replicas");
            }
            if (intent instanceof ReadIntent.Primary) {
                return fromPrimary(Reason.PRIMARY_WANTED, "the reader wants the primary");
            }
            Replica<V> first = next();
            if (first == null) {
                return fallBack(refusal(), "no replica can give what is needed");
            }
            Routed<T> answer = fromReplica(first, Target.REPLICA, Reason.PROVEN);
            if (answer != null) {
                return answer;
            }
            Replica<V> second = next();
            answer = second == null ? null : fromReplica(second, Target.REPLICA, failure);
            return answer != null ? answer : fallBack(failure, first.name() + whatFailed());
        }

        private String whatFailed() {
            return failure == Reason.REPLICA_BUSY ? " has all our connections in use" : " failed";
        }

        private @Nullable Replica<V> next() {
            int start = Math.floorMod(turn.getAndIncrement(), replicas.size());
            for (int i = 0; i < replicas.size(); i++) {
                Replica<V> replica = replicas.get((start + i) % replicas.size());
                if (replica != failed && eligibility.isEligible(replica, intent)) {
                    return replica;
                }
            }
            return null;
        }

        /** The reason of the replica that is nearest to being able to. */
        private Reason refusal() {
            Replica<V> nearest =
                    replicas.stream().min(Comparator.comparing(Replica::state)).orElseThrow();
            boolean proven = nearest.proof().isPresent() && !(intent instanceof ReadIntent.After);
            return Eligibility.refusal(nearest.status(), proven);
        }

        private Routed<T> fallBack(Reason reason, String detail) {
            observer.fellBack(fallback);
            return switch (fallback) {
                case PRIMARY -> fromPrimaryWithinBudget(reason, detail);
                case SKIP -> new Routed.NotNow<>(nobody(reason, detail));
                case STALE -> fromStale(reason, detail);
            };
        }

        private Routed<T> fromPrimaryWithinBudget(Reason reason, String detail) {
            return budget.take()
                    ? fromPrimary(reason, detail)
                    : new Routed.NotNow<>(
                            nobody(
                                    Reason.BUDGET_SPENT,
                                    detail
                                            + ", and the primary takes over no more reads now (store.fallback_reads_per_second)"));
        }

        private Routed<T> fromStale(Reason reason, String detail) {
            if (watch != null && watch.last().isEmpty() && !watch.isAway()) {
                watch.askAfresh(); // at the start alone: who does not know the primary takes a foreign server for a
                // replica
            }
            Replica<V> freshest = replicas.stream()
                    .filter(replica -> replica != failed && replica.isReadable())
                    .min(Comparator.comparing(
                            replica -> replica.staleness().orElse(null),
                            Comparator.nullsLast(Comparator.naturalOrder())))
                    .orElse(null);
            Routed<T> answer = freshest == null ? null : fromReplica(freshest, Target.STALE_REPLICA, reason);
            return answer != null ? answer : fromPrimaryWithinBudget(reason, detail);
        }

        private Routed<T> fromPrimary(Reason reason, String detail) {
            T value = question.apply(primary.get());
            String identity = watch == null
                    ? null
                    : watch.last().map(ServerLook::identity).orElse(null);
            return new Routed.Answer<>(
                    value, new ReadRoute(Target.PRIMARY, primaryName, identity, Duration.ZERO, null, reason, detail));
        }

        /** Null if it failed and another server may do better. */
        private @Nullable Routed<T> fromReplica(Replica<V> replica, Target target, Reason reason) {
            ReplicaStatus status = replica.status();
            Instant watermark = replica.proof().map(Proof::watermark).orElse(null);
            try {
                T value = question.apply(replica.view());
                return new Routed.Answer<>(
                        value,
                        new ReadRoute(
                                target,
                                replica.name(),
                                status.identity(),
                                status.staleness(),
                                watermark,
                                reason,
                                status.detail()));
            } catch (LedgerException e) {
                SQLException cause = SqlFailure.in(e);
                if (cause != null) {
                    replica.failed(cause);
                }
                if (!repeatable.getAsBoolean() || !ReplicaFailure.isWorthAnotherServer(e)) {
                    throw e;
                }
                failed = replica;
                failure = cause instanceof PoolExhaustedException ? Reason.REPLICA_BUSY : Reason.FAILED_THERE;
                return null;
            }
        }

        private ReadRoute nobody(Reason reason, String detail) {
            return new ReadRoute(Target.NOBODY, primaryName, null, null, null, reason, detail);
        }
    }

    /** Stops asking, and releases the connections to replicas and primary. Legal before the start, and twice. */
    @Override
    public void close() {
        probing.close();
        replicas.forEach(Replica::close);
        if (watch != null) {
            watch.close();
        }
        primary.close();
    }
}
