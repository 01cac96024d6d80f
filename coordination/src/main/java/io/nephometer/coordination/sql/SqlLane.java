// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Runs work on a database one after the other, and waits no longer than a limit for it, whatever the database, the network or the pool of
 * connections does: JDBC promises no bound. A platform thread for each work, since SQLite is native code. Work that hangs keeps the lane
 * taken, so that no more threads gather. Thread-safe.
 */
final class SqlLane {
    private final DataSource database;
    private final Duration limit;
    private final Semaphore free = new Semaphore(1);
    private volatile boolean closed;

    SqlLane(DataSource database, Duration limit) {
        this.database = database;
        this.limit = limit;
    }

    /** Something to do with a connection that commits each statement; it leaves it so. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    <T> T run(String what, Work<T> work) throws CoordinationException {
        if (closed) {
            throw new CoordinationException(CoordinationFailure.CLOSED, "cannot " + what + ": closed");
        }
        try {
            if (free.tryAcquire()) {
                return start(work).get(what, limit.toNanos());
            }
            long half = limit.dividedBy(2).toNanos();
            if (!free.tryAcquire(half, TimeUnit.NANOSECONDS)) {
                throw LaneFailure.late(what, limit.toMillis(), null);
            }
            return start(work).get(what, limit.toNanos() - half);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinationException(CoordinationFailure.CLOSED, "interrupted while it was to " + what, e);
        }
    }

    private <T> Run<T> start(Work<T> work) {
        Run<T> run = new Run<>(work);
        Thread.ofPlatform().daemon().name("coordination-sql").start(run);
        return run;
    }

    void close() {
        closed = true;
    }

    /** Owns the lane until its thread is done. */
    private final class Run<T> implements Runnable {
        private final Work<T> work;
        private final AtomicReference<Connection> open = new AtomicReference<>();
        private final FutureTask<T> task = new FutureTask<>(this::call);

        Run(Work<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                free.release();
            }
        }

        private T call() throws SQLException {
            try (Connection connection = database.getConnection()) {
                open.set(connection);
                return work.with(connection);
            } finally {
                open.set(null);
            }
        }

        T get(String what, long nanos) throws CoordinationException, InterruptedException {
            try {
                return task.get(nanos, TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SQLException cause) {
                    throw LaneFailure.of(what, cause);
                }
                throw new CoordinationException(
                        CoordinationFailure.BROKEN, "cannot " + what + ": " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw abandoned(what, e);
            } catch (InterruptedException e) {
                abandoned(what, e);
                throw e;
            }
        }

        private CoordinationException abandoned(String what, Exception why) {
            CoordinationException late = LaneFailure.late(what, limit.toMillis(), why);
            Connection connection = open.get();
            task.cancel(true);
            if (connection != null) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    late.addSuppressed(e);
                }
            }
            return late;
        }
    }
}
