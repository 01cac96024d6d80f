// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

import io.nephometer.store.ledger.LedgerOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that write. Not a pool that mends itself behind our back: while the server is away every attempt must say
 * so at once, and the first one after its return must succeed. Each connection is checked for durability when it is made.
 */
final class PostgresWriters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriters.class);

    private final PGSimpleDataSource source;
    private final LedgerOptions options;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    PostgresWriters(PGSimpleDataSource source, LedgerOptions options) {
        this.source = source;
        this.options = options;
        this.permits = new Semaphore(options.writers(), true);
    }

    /** To be given back by {@link #giveBack} or {@link #discard}. */
    Connection take() throws SQLException {
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
            check(connection);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            quietly(connection);
            throw e;
        }
    }

    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('synchronous_commit'), "
                        + "current_setting('fsync'), pg_is_in_recovery()")) {
            row.next();
            String weak = weakness(row.getString(1), row.getString(2));
            if (weak != null) {
                throw new NotDurableException(weak);
            }
            if (row.getBoolean(3)) {
                throw new SQLException("the server is a replica, or is still recovering: it takes no writes", "25006");
            }
        }
    }

    private static @Nullable String weakness(String synchronousCommit, String fsync) {
        if (synchronousCommit.equals("off")) {
            return "synchronous_commit is off";
        }
        return fsync.equals("off") ? "fsync is off" : null;
    }

    /** The server would say "committed" before it is true. */
    static final class NotDurableException extends SQLException {
        private static final long serialVersionUID = 1L;

        NotDurableException(String what) {
            super(what + " on this server: what it calls committed can be lost", "55000");
        }
    }

    void giveBack(Connection connection) {
        if (closed) {
            quietly(connection);
        } else {
            idle.addFirst(connection);
        }
        permits.release();
    }

    /** One broken connection means that the others are suspect: all idle ones go. */
    void discard(Connection connection) {
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
