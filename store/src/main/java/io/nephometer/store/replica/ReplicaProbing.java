// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the primary and the replicas how they stand, each on a thread of its own: one that hangs holds up nobody. */
final class ReplicaProbing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaProbing.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** So often a replica is asked in an interval. */
    private static final int LOOKS = 2;

    private final @Nullable PrimaryWatch watch;
    private final List<? extends Replica<?>> replicas;
    private final Duration interval;
    private final Ticker ticker;
    private volatile @Nullable ScheduledExecutorService scheduler;
    private int turns;

    ReplicaProbing(
            @Nullable PrimaryWatch watch, List<? extends Replica<?>> replicas, Duration interval, Ticker ticker) {
        this.watch = watch;
        this.replicas = replicas;
        this.interval = interval;
        this.ticker = ticker;
    }

    void start() {
        if (watch == null || scheduler != null) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("replica-probes").daemon().factory());
        scheduler = started;
        // Cancelled with the scheduler.
        ScheduledFuture<?> _ =
                started.scheduleAtFixedRate(this::turnAndGoOn, 0, interval.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    /** What fails once must not be the last turn. */
    private void turnAndGoOn() {
        try {
            List<Thread> _ = turn();
        } catch (RuntimeException | Error e) {
            LOG.error("Replicas could not be asked now; they will be in the next turn", e);
        }
    }

    /**
     * Asks the replicas, and each second time the primary before them. So an answer of a replica is at most half an interval old when the
     * next one comes, and costs the primary nothing.
     *
     * @return who is being asked
     */
    List<Thread> turn() {
        List<Thread> asked = new ArrayList<>();
        if (turns++ % LOOKS == 0) {
            Thread asking = ask("primary", watch == null ? () -> {} : watch::ask);
            // Usually the primary answers first, so that a replica is compared with the newest position.
            join(asking, ticker.nanos() + Math.min(interval.toNanos() / 4, PAUSE.toNanos()));
            asked.add(asking);
        }
        replicas.forEach(replica -> asked.add(ask(replica.name(), replica::ask)));
        replicas.forEach(Replica::watch);
        return asked;
    }

    /** Rounds until a replica is in step, or none that answers can come to be, and at most so long. */
    void settle(Duration atMost) {
        if (watch == null) {
            return;
        }
        long end = ticker.nanos() + atMost.toNanos();
        do {
            join(ask("primary", watch::ask), ticker.nanos() + (end - ticker.nanos()) / 2);
            List<Thread> asking = replicas.stream()
                    .map(replica -> ask(replica.name(), replica::ask))
                    .toList();
            asking.forEach(thread -> join(thread, end));
        } while (isWorthAnotherRound(watch) && pause(end));
    }

    /** A replica that lags may catch up; and before the primary has said anything, none can be compared with it. */
    private boolean isWorthAnotherRound(PrimaryWatch primary) {
        boolean silent = primary.last().isEmpty() && primary.trouble().isEmpty();
        return replicas.stream().noneMatch(replica -> replica.state() == ReplicaState.HEALTHY)
                && (silent || replicas.stream().anyMatch(replica -> replica.state() == ReplicaState.LAGGING));
    }

    private boolean pause(long end) {
        LockSupport.parkNanos(Math.min(PAUSE.toNanos(), Math.max(1, end - ticker.nanos())));
        return end - ticker.nanos() > 0;
    }

    private static Thread ask(String whom, Runnable question) {
        return Thread.ofVirtual().name("ask " + whom).start(question);
    }

    private void join(Thread thread, long end) {
        try {
            // False: it goes on without us.
            boolean _ = thread.join(Duration.ofNanos(Math.max(0, end - ticker.nanos())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ScheduledExecutorService started = scheduler;
        if (started != null) {
            started.shutdownNow();
        }
    }
}
