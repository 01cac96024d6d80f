// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.sql.SqlFailure;
import io.nephometer.store.ledger.LedgerException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The primary's positions, as its answers told them. Thread-safe. */
final class PrimaryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrimaryWatch.class);

    /** An hour at one a second, the older half of it more coarsely. */
    private static final int POSITIONS = 3_600;

    private final String name;
    private final ReplicaProbe probe;
    private final Ticker ticker;

    /** Held while it is being asked. */
    private final ReentrantLock turn = new ReentrantLock();

    /** The kind of defect that the last question came upon, which the log has already; null: none. Set by whoever has the turn. */
    private volatile @Nullable Class<?> defect;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final PositionRing ring = new PositionRing(POSITIONS);

    @GuardedBy("lock") private @Nullable ServerLook last;

    @GuardedBy("lock") private boolean asked;

    @GuardedBy("lock") private @Nullable String trouble = "it was not asked yet";

    PrimaryWatch(String name, ReplicaProbe probe, Ticker ticker) {
        this.name = name;
        this.probe = probe;
        this.ticker = ticker;
    }

    /** Asks it once; does nothing while it is being asked. */
    void ask() {
        if (turn.tryLock()) {
            askAndUnlock();
        }
    }

    /** Asks it from now on: an answer that is on its way to another may be of before. Waits for it as long as the probe does. */
    void askAfresh() {
        turn.lock();
        askAndUnlock();
    }

    private void askAndUnlock() {
        Class<?> before = defect;
        defect = null;
        try {
            probe.connect();
            long asking = ticker.nanos();
            accept(asking, probe.look());
        } catch (SQLException e) {
            fail("it does not answer: " + SqlFailure.text(e));
        } catch (LedgerException e) { // there is no driver for it
            fail("it does not answer: " + e.getMessage());
        } catch (RuntimeException e) {
            fail(defect(e, before));
        } catch (Error e) {
            fail(defect(e, before));
            throw e;
        } finally {
            turn.unlock();
        }
    }

    private String defect(Throwable e, @Nullable Class<?> before) {
        defect = e.getClass();
        if (e.getClass() != before) {
            LOG.error(
                    "A question to the primary {} came upon a defect; each further one of its kind is not told",
                    name,
                    e);
        }
        return "a defect of this program in asking it: " + e;
    }

    /** What it answered when it was asked at {@code before}. */
    void accept(long before, ServerLook look) {
        lock.lock();
        try {
            asked = true;
            if (look.follows()) {
                trouble = "store.url leads to a replica (" + look.identity() + "), which has no positions of its own";
                return;
            }
            if (look.position() instanceof LogPosition.NoLog(String why)) {
                trouble = why;
                return;
            }
            if (last != null && !isSame(last, look)) {
                ring.clear();
            }
            last = look;
            trouble = null;
            ring.note(new PositionRing.Entry(before, look.clock(), look.position()));
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSame(ServerLook one, ServerLook other) {
        return one.cluster().equals(other.cluster()) && one.history().equals(other.history());
    }

    private void fail(String why) {
        lock.lock();
        try {
            asked = true;
            trouble = why;
        } finally {
            lock.unlock();
        }
    }

    /** The primary's last answer. */
    Optional<ServerLook> last() {
        lock.lock();
        try {
            return Optional.ofNullable(last);
        } finally {
            lock.unlock();
        }
    }

    /** The last answer, if it was asked for at {@code since} or later. */
    Optional<LogPosition> askedSince(long since) {
        lock.lock();
        try {
            return ring.newest().filter(entry -> entry.nanos() - since >= 0).map(PositionRing.Entry::position);
        } finally {
            lock.unlock();
        }
    }

    /** What its positions prove of a replica; nothing if that is of another cluster or history. */
    Optional<Proof> proof(ServerLook replica) {
        lock.lock();
        try {
            return last == null || !isSame(last, replica)
                    ? Optional.empty()
                    : ring.newestCoveredBy(replica.position()).map(entry -> new Proof(entry.nanos(), entry.clock()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was asked and its position is not known all the same; one that was not asked yet may answer at once. */
    boolean isAway() {
        lock.lock();
        try {
            return asked && trouble != null;
        } finally {
            lock.unlock();
        }
    }

    /** Why its position is not known now. */
    Optional<String> trouble() {
        lock.lock();
        try {
            return Optional.ofNullable(trouble);
        } finally {
            lock.unlock();
        }
    }

    PrimaryStatus status() {
        lock.lock();
        try {
            return new PrimaryStatus(
                    name, trouble, last == null ? null : last.identity(), last == null ? null : last.position());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
