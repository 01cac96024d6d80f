// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.etcd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.Client;
import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.runtime.Ticker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does work with one node of a cluster, and with the next one if that fails, within a limit. It stays with a node that works. A client
 * that failed is thrown away: it would wait ever longer before it connects again. One work at a time. Thread-safe.
 */
final class EtcdLink {
    /** With one node it is tried anew: it may have come back under an old connection. */
    private static final int LEAST_ATTEMPTS = 2;

    private final List<URI> endpoints;
    private final EtcdConnection connection;
    private final Duration limit;
    private final Ticker ticker;
    private final Consumer<Client> connected;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private int current;

    @GuardedBy("lock") private @Nullable Client client;

    private volatile boolean closed;

    /** @param connected told of each new client, before it is used */
    EtcdLink(EtcdOptions options, Duration limit, Ticker ticker, Consumer<Client> connected) {
        this.endpoints = options.endpoints();
        this.connection = new EtcdConnection(options, limit.dividedBy(attempts(options.endpoints())));
        this.limit = limit;
        this.ticker = ticker;
        this.connected = connected;
    }

    private static int attempts(List<URI> endpoints) {
        return Math.max(LEAST_ATTEMPTS, endpoints.size());
    }

    /** Requests that may be made again. */
    interface Work<T> {
        T with(EtcdSession session) throws ExecutionException, TimeoutException, InterruptedException;
    }

    <T> T run(String what, Work<T> work) throws CoordinationException {
        long end = ticker.nanos() + limit.toNanos();
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CoordinationException(CoordinationFailure.TIMED_OUT, "etcd is busy; it did not " + what);
            }
            try {
                return attempt(what, work, end);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinationException(CoordinationFailure.CLOSED, "interrupted while it was to " + what, e);
        }
    }

    @GuardedBy("lock") private <T> T attempt(String what, Work<T> work, long end) throws CoordinationException, InterruptedException {
        CoordinationException failed = null;
        for (int left = attempts(endpoints); left > 0 && end - ticker.nanos() > 0; left--) {
            if (closed) {
                throw new CoordinationException(CoordinationFailure.CLOSED, "cannot " + what + ": closed");
            }
            long share = (end - ticker.nanos()) / left;
            CoordinationException next = null;
            try {
                return work.with(new EtcdSession(client(), ticker, ticker.nanos() + share));
            } catch (ExecutionException e) {
                next = failure(what, e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException | IOException | RuntimeException e) {
                next = failure(what, e);
            }
            discard();
            if (failed != null) {
                next.addSuppressed(failed);
            }
            failed = next;
            if (failed.failure() == CoordinationFailure.REFUSED) {
                break;
            }
        }
        throw failed == null
                ? new CoordinationException(CoordinationFailure.TIMED_OUT, "etcd is busy; it did not " + what)
                : failed;
    }

    @GuardedBy("lock") private CoordinationException failure(String what, Throwable cause) {
        CoordinationFailure kind = cause instanceof IOException ? CoordinationFailure.REFUSED : EtcdFailure.kind(cause);
        String why = kind == CoordinationFailure.TIMED_OUT ? "no answer in time" : EtcdFailure.detail(cause);
        return new CoordinationException(kind, endpoints.get(current) + " did not " + what + ": " + why, cause);
    }

    @GuardedBy("lock") private Client client() throws IOException {
        Client known = client;
        if (known == null) {
            known = connection.to(endpoints.get(current));
            client = known;
            connected.accept(known);
        }
        return known;
    }

    @GuardedBy("lock") private void discard() {
        Client failed = client;
        client = null;
        current = (current + 1) % endpoints.size();
        if (failed != null) {
            failed.close();
        }
    }

    void close() {
        closed = true;
        lock.lock();
        try {
            discard();
        } finally {
            lock.unlock();
        }
    }
}
