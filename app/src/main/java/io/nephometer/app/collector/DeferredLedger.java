// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.ConsumerProgress;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger that is opened when its database can be reached, so that a collector may start before its store. Until then it
 * answers that it is unavailable. Thread-safe.
 */
public final class DeferredLedger implements LedgerWriter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredLedger.class);
    private static final Duration REMINDER = Duration.ofMinutes(5);

    /** A commit that takes longer is told by health: the database may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Ledger> opening;
    private final Ticker ticker;
    private final StateLog reachable;

    /** Since when each thread that commits has been at it. */
    private final ConcurrentMap<Thread, Long> committing = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private boolean closed;

    private volatile @Nullable Ledger ledger;
    private volatile Set<String> consumersBefore = Set.of();
    private volatile String state = "not opened yet";
    private volatile boolean lastCommitFailed;

    /** @param opening opens the ledger, or throws {@link LedgerException} */
    public DeferredLedger(Supplier<Ledger> opening, Ticker ticker) {
        this.opening = opening;
        this.ticker = ticker;
        this.reachable = new StateLog(LOG, "the ledger", REMINDER, ticker);
    }

    /**
     * Tries once. A database that does not answer will be tried again when there is something to commit.
     *
     * @throws LedgerException if the ledger cannot be used and waiting will not help
     */
    public void start() {
        open();
    }

    /** The open ledger; empty while its database cannot be reached. */
    public Optional<Ledger> ledger() {
        return Optional.ofNullable(open());
    }

    /**
     * Whether something was committed under that name before this process could commit anything; empty while the ledger cannot
     * be reached.
     */
    public Optional<Boolean> knewAtOpening(String consumer) {
        return open() == null ? Optional.empty() : Optional.of(consumersBefore.contains(consumer));
    }

    private static Set<String> consumers(Ledger opened) {
        try {
            return opened.log().consumers().stream()
                    .map(ConsumerProgress::name)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (LedgerException e) {
            opened.close();
            throw e;
        }
    }

    private @Nullable Ledger open() {
        Ledger current = ledger;
        if (current != null) {
            return current;
        }
        lock.lock();
        try {
            if (ledger == null && !closed) {
                Ledger opened = opening.get();
                consumersBefore = consumers(opened);
                ledger = opened;
                reachable.well("open");
            }
            return ledger;
        } catch (LedgerException e) {
            if (e.kind() != LedgerException.Kind.UNREACHABLE) {
                throw e;
            }
            state = String.valueOf(e.getMessage());
            reachable.trouble(e.kind().name(), state);
            return null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CommitOutcome commit(LedgerBatch batch) {
        Ledger open;
        try {
            open = open();
        } catch (LedgerException e) {
            open = null;
            state = String.valueOf(e.getMessage());
        }
        CommitOutcome outcome = open == null ? new CommitOutcome.Unavailable(state) : timed(open, batch);
        if (outcome instanceof CommitOutcome.Unavailable(String cause)) {
            state = cause;
            lastCommitFailed = true;
        } else {
            lastCommitFailed = false;
        }
        return outcome;
    }

    private CommitOutcome timed(Ledger open, LedgerBatch batch) {
        Thread self = Thread.currentThread();
        committing.put(self, ticker.nanos());
        try {
            return open.commit(batch);
        } finally {
            committing.remove(self);
        }
    }

    private Duration longestCommit() {
        long now = ticker.nanos();
        return Duration.ofNanos(committing.values().stream()
                .mapToLong(since -> now - since)
                .max()
                .orElse(0));
    }

    @Override
    public boolean isAvailable() {
        try {
            Ledger open = open();
            return open != null && open.isAvailable();
        } catch (LedgerException e) {
            state = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** Whether the last commit went through and none hangs; before the first, whether the ledger is open. */
    public Health health() {
        Ledger open = ledger;
        if (open == null || lastCommitFailed) {
            return new Health.Down(state);
        }
        Duration longest = longestCommit();
        if (longest.compareTo(PATIENCE) > 0) {
            return new Health.Degraded(
                    "a commit has been running for " + longest.toSeconds() + " s; the database may hang");
        }
        return new Health.Up(open.url().toString());
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Ledger open = ledger;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
