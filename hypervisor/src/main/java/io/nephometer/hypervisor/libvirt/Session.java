// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.DurationText;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with the platform thread that all its calls are made on. Whoever waits for a call waits no longer than the
 * time-out; a session whose call hangs is left behind, and closes itself when the call comes back.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final LibvirtOptions options;
    private final CallCounts counts;
    private final Ticker ticker;
    private final CallGuard guard;
    private final ExecutorService thread;
    /** Confined to the thread. */
    private @Nullable Connection connection;

    /** Where libvirt comes from. */
    @FunctionalInterface
    interface Loader {
        Libvirt load() throws HypervisorException;
    }

    Session(LibvirtOptions options, CallCounts counts, Ticker ticker) {
        this.options = options;
        this.counts = counts;
        this.ticker = ticker;
        this.guard = new CallGuard(ticker);
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("libvirt-" + counts.attempts.incrementAndGet())
                .factory());
    }

    /** Opens the connection; once. */
    void open(Loader loader) throws HypervisorException, InterruptedException {
        call("opening a connection", () -> {
            try {
                Libvirt libvirt = loader.load();
                Connection fresh = Connection.open(libvirt, options, guard, counts);
                connection = fresh; // first of all, so that it is closed even if nobody waits any more
                guard.begin();
                fresh.listen(libvirt.events(), options.uri());
                counts.connections.incrementAndGet();
                return fresh;
            } catch (LibvirtException e) {
                throw failure(HypervisorException.Kind.UNREACHABLE, e);
            }
        });
    }

    Inspection inspect(Set<CounterGroup> wanted, InstantSource clock) throws HypervisorException, InterruptedException {
        return call("reading statistics", () -> inspect(connection, wanted, clock));
    }

    private Inspection inspect(@Nullable Connection open, Set<CounterGroup> wanted, InstantSource clock)
            throws HypervisorException {
        if (open == null || !open.isAlive()) {
            throw new HypervisorException(
                    HypervisorException.Kind.UNREACHABLE, "the connection to " + options.uri() + " is broken");
        }
        try {
            return open.inspect(wanted, clock, ticker, options.callTimeout().toNanos());
        } catch (LibvirtException e) {
            boolean isAlive = open.isAlive();
            throw failure(isAlive ? HypervisorException.Kind.REFUSED : HypervisorException.Kind.UNREACHABLE, e);
        }
    }

    private HypervisorException failure(HypervisorException.Kind kind, LibvirtException cause) {
        return new HypervisorException(kind, options.uri() + ": " + cause.getMessage(), cause);
    }

    private <T> T call(String what, Callable<T> task) throws HypervisorException, InterruptedException {
        Future<T> answer = submit(task);
        long limit = options.callTimeout().toNanos();
        while (true) {
            try {
                return answer.get(Math.max(0, limit - guard.elapsed()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (guard.elapsed() >= limit) {
                    throw new HypervisorException(
                            HypervisorException.Kind.TIMEOUT,
                            options.uri() + ": " + what + " has not come back within "
                                    + DurationText.print(options.callTimeout()),
                            e);
                }
            } catch (ExecutionException e) {
                throw cause(e);
            }
        }
    }

    private <T> Future<T> submit(Callable<T> task) throws HypervisorException {
        guard.begin();
        try {
            return thread.submit(task);
        } catch (RejectedExecutionException e) {
            throw new HypervisorException(
                    HypervisorException.Kind.UNREACHABLE, options.uri() + ": closed by this process", e);
        }
    }

    private static HypervisorException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case HypervisorException failure -> failure;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    /** Ends the session, whose thread is idle or soon will be. */
    void close() {
        thread.execute(this::closeConnection);
        thread.shutdown();
    }

    /** Leaves behind a session whose call hangs, or that nobody waits for any more. */
    void abandon() {
        guard.abandon();
        counts.hanging.incrementAndGet();
        thread.execute(() -> {
            try {
                closeConnection();
            } finally {
                counts.hanging.decrementAndGet();
                LOG.info("A call to {} that was left behind has come back", options.uri());
            }
        });
        thread.shutdown();
    }

    private void closeConnection() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}
