// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.OpenView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica: how it stands, and the way to ask it. Thread-safe. */
final class Replica<V extends OpenView> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    /** So long a server that refused a read is sent none. */
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final String name;
    private final ReplicaProbe probe;
    private final LazyView<V> view;
    private final Judgement judgement;
    private final Duration unwatched;
    private final Ticker ticker;
    private final Consumer<ReplicaStatus> onChange;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final ReplicaHealth health = new ReplicaHealth();

    @GuardedBy("lock") private @Nullable SeenServer seen;

    @GuardedBy("lock") private @Nullable Refusal refusal;

    /** When a look at it ended, however it did. */
    @GuardedBy("lock") private long lookedAt;

    @GuardedBy("lock") private boolean looked;

    /** Whether somebody was told that nobody looks. */
    @GuardedBy("lock") private boolean told;

    Replica(
            String name,
            ReplicaProbe probe,
            Supplier<? extends V> opening,
            Judgement judgement,
            Duration unwatched,
            Ticker ticker,
            Consumer<ReplicaStatus> onChange) {
        this.name = name;
        this.probe = probe;
        this.view = new LazyView<>(name, opening);
        this.judgement = judgement;
        this.unwatched = unwatched;
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
            saw(judgement.of(now, seen()), now);
        } catch (SQLException e) {
            saw(ReplicaFailure.finding(e), null);
        } catch (LedgerException e) { // there is no driver for it
            saw(new Finding(Finding.Reason.UNREACHABLE, String.valueOf(e.getMessage())), null);
        } catch (RuntimeException e) {
            saw(defect(e), null);
        } catch (Error e) {
            saw(defect(e), null);
            throw e;
        } finally {
            asking.set(false);
        }
    }

    private Finding defect(Throwable e) {
        if (status().reason() != Finding.Reason.DEFECT) {
            LOG.error("A look at the replica {} came upon a defect", name, e);
        }
        return new Finding(Finding.Reason.DEFECT, "a defect of this program in looking at it: " + e);
    }

    /** A look ended. */
    private void saw(Finding finding, @Nullable SeenServer now) {
        lock.lock();
        try {
            looked = true;
            lookedAt = ticker.nanos();
        } finally {
            lock.unlock();
        }
        accept(finding, now);
    }

    /** Tells if nobody could look at it for too long: then there is no look that would. */
    void watch() {
        boolean changed;
        lock.lock();
        try {
            changed = !told && finding().reason() == Finding.Reason.NOT_WATCHED;
            told |= changed;
        } finally {
            lock.unlock();
        }
        if (changed) {
            onChange.accept(status());
        }
    }

    /** What is known of it now. What a look showed does not stand for ever. */
    @GuardedBy("lock") private Finding finding() {
        Finding last = health.finding();
        Duration since = Duration.ofNanos(ticker.nanos() - lookedAt);
        return !looked || since.compareTo(unwatched) <= 0
                ? last
                : new Finding(
                        Finding.Reason.NOT_WATCHED,
                        "no look at it has ended for " + since.toSeconds() + " s; before that: " + last.detail());
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
            boolean moved = health.see(whatCounts(finding));
            changed = moved || told;
            told = false;
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
            return finding().state();
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
                    && finding().reason().isReadable();
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
            Finding finding = finding();
            Duration staleness = finding.reason().isReadable() ? proven : null;
            return new ReplicaStatus(
                    name,
                    finding.state(),
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
