// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.OpenView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One replica: how it stands, and the way to ask it. Thread-safe. */
final class Replica<V extends OpenView> implements AutoCloseable {
    /** So long a server that refused a read is sent none. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final String name;
    private final ReplicaProbe probe;
    private final LazyView<V> view;
    private final Judgement judgement;
    private final Ticker ticker;
    private final Consumer<ReplicaStatus> onChange;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final ReplicaHealth health = new ReplicaHealth();

    @GuardedBy("lock") private @Nullable SeenServer seen;

    @GuardedBy("lock") private @Nullable Refusal refusal;

    Replica(
            String name,
            ReplicaProbe probe,
            Supplier<? extends V> opening,
            Judgement judgement,
            Ticker ticker,
            Consumer<ReplicaStatus> onChange) {
        this.name = name;
        this.probe = probe;
        this.view = new LazyView<>(name, opening);
        this.judgement = judgement;
        this.ticker = ticker;
        this.onChange = onChange;
    }

    /** Asks it once how it stands; does nothing while it is being asked. */
    void ask() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            ServerLook look = probe.look();
            if (judgement.wantsBeats(look)) {
                look = look.withBeats(probe.beats());
            }
            SeenServer now = new SeenServer(look, ticker.nanos());
            Finding finding = judgement.of(now, seen());
            accept(finding, now);
        } catch (SQLException e) {
            accept(ReplicaFailure.finding(e), null);
        } finally {
            asking.set(false);
        }
    }

    private @Nullable SeenServer seen() {
        lock.lock();
        try {
            return seen;
        } finally {
            lock.unlock();
        }
    }

    private void accept(Finding finding, @Nullable SeenServer now) {
        boolean changed;
        lock.lock();
        try {
            seen = now == null ? seen : now;
            changed = health.see(whatCounts(finding));
        } finally {
            lock.unlock();
        }
        if (changed) {
            onChange.accept(status());
        }
    }

    /** A server that stands well and still refuses what is read is of no use. */
    @GuardedBy("lock") private Finding whatCounts(Finding finding) {
        if (refusal != null && refusal.until() - ticker.nanos() <= 0) {
            refusal = null;
        }
        return refusal != null && finding.reason().isReadable() ? refusal.finding() : finding;
    }

    /** A read of it failed. */
    void failed(SQLException failure) {
        if (ReplicaFailure.isOfServer(failure)) {
            accept(ReplicaFailure.finding(failure), null);
        } else if (ReplicaFailure.isRefusal(failure)) {
            refused(ReplicaFailure.finding(failure));
        }
    }

    private void refused(Finding finding) {
        boolean changed;
        lock.lock();
        try {
            refusal = new Refusal(finding, ticker.nanos() + REFUSED.toNanos());
            changed = health.take(finding);
        } finally {
            lock.unlock();
        }
        if (changed) {
            onChange.accept(status());
        }
    }

    String name() {
        return name;
    }

    V view() {
        return view.get();
    }

    ReplicaState state() {
        lock.lock();
        try {
            return health.state();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it answers what was true at some time, even if nobody can say at which. */
    boolean isReadable() {
        lock.lock();
        try {
            return seen != null
                    && judgement.mayBeOfPrimary(seen.look())
                    && health.finding().reason().isReadable();
        } finally {
            lock.unlock();
        }
    }

    Optional<SeenServer> lastSeen() {
        return Optional.ofNullable(seen());
    }

    Optional<Proof> proof() {
        return lastSeen().flatMap(judgement::proof);
    }

    Optional<Duration> staleness() {
        return proof().map(proof -> proof.staleness(ticker.nanos()));
    }

    /** Without a staleness where none is promised: a server that is away or was promoted has one by its last position only. */
    ReplicaStatus status() {
        Duration proven = staleness().orElse(null);
        lock.lock();
        try {
            Finding finding = health.finding();
            Duration staleness = finding.reason().isReadable() ? proven : null;
            return new ReplicaStatus(
                    name,
                    health.state(),
                    finding.reason(),
                    finding.detail(),
                    seen == null ? null : seen.look().identity(),
                    staleness,
                    seen == null ? null : seen.look().position());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        view.close();
        probe.close();
    }

    /** What is not asked of it again before then. */
    private record Refusal(Finding finding, long until) {}

    /** What a server said of itself, and when it had. */
    record SeenServer(ServerLook look, long nanos) {}
}
