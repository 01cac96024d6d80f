// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects domains through libvirt: one call for the statistics of all of them, and the XML of those that are new or changed.
 *
 * <p>Native calls are made on threads of its own. One that does not come back in time is left behind, with its connection, and
 * the inspection is made once more on a new one; how many may be left behind is bounded. Changes of state are logged once.
 */
public final class LibvirtInspector implements Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(LibvirtInspector.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final LibvirtOptions options;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Session.Loader loader;
    private final CallCounts counts = new CallCounts();
    private final Backoff backoff;
    private final StateLog state;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable Session session;

    @GuardedBy("lock") private boolean closed;

    /** Connects when it is first asked. */
    public LibvirtInspector(LibvirtOptions options, InstantSource clock, Ticker ticker) {
        this(options, clock, ticker, Libvirt::system);
    }

    LibvirtInspector(LibvirtOptions options, InstantSource clock, Ticker ticker, Session.Loader loader) {
        this.options = options;
        this.clock = clock;
        this.ticker = ticker;
        this.loader = loader;
        this.backoff = new Backoff(ticker);
        this.state = new StateLog(LOG, "Hypervisor " + options.uri(), REMINDER, ticker);
    }

    /** Figures of now; from any thread. */
    public LibvirtStatus status() {
        return counts.status();
    }

    @Override
    public Inspection inspect(Set<CounterGroup> wanted) throws HypervisorException, InterruptedException {
        try {
            Inspection inspection = inspectTwice(Set.copyOf(wanted));
            state.well("measured again");
            return inspection;
        } catch (HypervisorException e) {
            state.trouble(e.kind().name(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /**
     * A connection may have broken since the last time, and the call that hangs may hang for the sake of one domain, which the
     * next call does not wait for: so the first failure of these kinds is not the last word.
     */
    private Inspection inspectTwice(Set<CounterGroup> wanted) throws HypervisorException, InterruptedException {
        try {
            return inspectOnce(session(), wanted);
        } catch (BrokenSessionException first) {
            try {
                return inspectOnce(session(), wanted);
            } catch (BrokenSessionException second) {
                throw second.failure();
            } catch (HypervisorException second) {
                second.addSuppressed(first.failure());
                throw second;
            }
        }
    }

    private Inspection inspectOnce(Session open, Set<CounterGroup> wanted)
            throws HypervisorException, BrokenSessionException, InterruptedException {
        try {
            return open.inspect(wanted, clock);
        } catch (HypervisorException e) {
            if (e.kind() == HypervisorException.Kind.REFUSED) {
                throw e;
            }
            drop(open, e.kind() == HypervisorException.Kind.TIMEOUT);
            throw new BrokenSessionException(e);
        } catch (InterruptedException e) {
            leave(open);
            throw e;
        }
    }

    private Session session() throws HypervisorException, InterruptedException {
        Session known = current();
        if (known != null) {
            return known;
        }
        backoff.check();
        if (counts.hanging.get() >= options.maxHanging()) {
            throw new HypervisorException(
                    HypervisorException.Kind.TIMEOUT,
                    options.uri() + ": " + counts.hanging.get()
                            + " calls hang; no other is made until one of them comes back");
        }
        return open(new Session(options, counts, ticker));
    }

    private Session open(Session fresh) throws HypervisorException, InterruptedException {
        try {
            fresh.open(loader);
        } catch (HypervisorException e) {
            drop(fresh, e.kind() == HypervisorException.Kind.TIMEOUT);
            backoff.failed(e);
            throw e;
        } catch (InterruptedException e) {
            leave(fresh);
            throw e;
        }
        backoff.succeeded();
        LOG.info("Connected to {}", options.uri());
        keep(fresh);
        return fresh;
    }

    private @Nullable Session current() throws HypervisorException {
        lock.lock();
        try {
            if (closed) {
                throw closed();
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    private void keep(Session fresh) throws HypervisorException {
        lock.lock();
        try {
            if (closed) {
                fresh.close();
                throw closed();
            }
            session = fresh;
        } finally {
            lock.unlock();
        }
    }

    private HypervisorException closed() {
        return new HypervisorException(
                HypervisorException.Kind.UNREACHABLE, options.uri() + ": closed by this process");
    }

    private void drop(Session broken, boolean hangs) {
        if (hangs) {
            counts.timeouts.incrementAndGet();
            leave(broken);
        } else if (release(broken)) {
            broken.close();
        }
    }

    private void leave(Session hanging) {
        if (release(hanging)) {
            hanging.abandon();
        }
    }

    /** False if {@link #close} was faster, and has ended it. */
    private boolean release(Session broken) {
        lock.lock();
        try {
            if (session == broken) {
                session = null;
                return true;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (session != null) {
                session.close();
                session = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The session is over; another one may do better. */
    private static final class BrokenSessionException extends Exception {
        private static final long serialVersionUID = 1L;
        private final HypervisorException failure;

        BrokenSessionException(HypervisorException failure) {
            super(failure);
            this.failure = failure;
        }

        HypervisorException failure() {
            return failure;
        }
    }
}
