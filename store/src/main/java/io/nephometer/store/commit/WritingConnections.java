// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.store.ledger.LedgerOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to a server that write. Not a pool that mends itself behind our back: while the server is away every attempt must say
 * so at once, and the first one after its return must succeed. Each connection is checked for durability when it is made.
 */
public final class WritingConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WritingConnections.class);

    private final DataSource source;
    private final Check check;
    private final LedgerOptions options;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Connects when it is used. */
    public WritingConnections(DataSource source, Check check, LedgerOptions options) {
        this.source = source;
        this.check = check;
        this.options = options;
        this.permits = new Semaphore(options.writers(), true);
    }

    /** Looks at a new connection. */
    @FunctionalInterface
    public interface Check {
        /**
         * Throws if nothing may be written here.
         *
         * @throws NotDurableException if the server would say "committed" before it is true
         */
        void check(Connection connection) throws SQLException;
    }

    /** To be given back by {@link #giveBack} or {@link #discard}. */
    public Connection take() throws SQLException {
        try {
            if (!permits.tryAcquire(options.lockTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLException(
                        "all " + options.writers() + " writing connections are busy since " + options.lockTimeout(),
                        "53300");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", "57014", e);
        }
        try {
            Connection free = idle.pollFirst();
            return free != null ? free : connect();
        } catch (SQLException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        if (closed) {
            throw new SQLException("the ledger is closed", "08003");
        }
        Connection connection = source.getConnection();
        try {
            check.check(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            quietly(connection);
            throw e;
        }
    }

    /** For the next one to take. */
    public void giveBack(Connection connection) {
        if (closed) {
            quietly(connection);
        } else {
            idle.addFirst(connection);
        }
        permits.release();
    }

    /** One broken connection means that the others are suspect: all idle ones go. */
    public void discard(Connection connection) {
        quietly(connection);
        closeIdle();
        permits.release();
    }

    private void closeIdle() {
        for (Connection other = idle.pollFirst(); other != null; other = idle.pollFirst()) {
            quietly(other);
        }
    }

    private static void quietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing a connection that is given up failed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
    }
}
