// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import io.nephometer.store.commit.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * The one connection that writes. A transaction holds the lock from begin to close; others wait their turn. After a failure
 * that is not about the data the connection is thrown away and opened anew.
 */
final class SqliteWriter implements AutoCloseable {
    private final SQLiteDataSource source;
    private final Duration lockTimeout;
    private final ReentrantLock lock = new ReentrantLock(true);

    // Both only with the lock held, which passes from begin() to release().
    private @Nullable SqliteStatements statements;
    private boolean closed;

    SqliteWriter(SQLiteDataSource source, Duration lockTimeout) {
        this.source = source;
        this.lockTimeout = lockTimeout;
    }

    /** Opens the transaction at once for writing, so that it cannot fail later for lack of the lock. */
    Transaction begin() throws SQLException {
        acquire();
        try {
            SqliteStatements open = open();
            open.execute("BEGIN IMMEDIATE");
            return new SqliteTransaction(this, open);
        } catch (SQLException | RuntimeException e) {
            discard();
            lock.unlock();
            throw e;
        }
    }

    private void acquire() throws SQLException {
        try {
            if (!lock.tryLock(lockTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLException("another commit to this file has not ended within " + lockTimeout, "55P03");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for another commit", "57014", e);
        }
    }

    private SqliteStatements open() throws SQLException {
        if (closed) {
            throw new SQLException("the ledger is closed", "08003");
        }
        if (statements == null) {
            Connection connection = source.getConnection();
            try (Statement pragma = connection.createStatement()) {
                pragma.execute("PRAGMA cache_size = -16000");
                pragma.execute("PRAGMA journal_size_limit = 67108864");
            }
            statements = new SqliteStatements(connection);
        }
        return statements;
    }

    /** The end of a transaction; {@code healthy} unless the connection should not be used again. */
    void release(boolean healthy) {
        try {
            if (!healthy) {
                discard();
            }
        } finally {
            lock.unlock();
        }
    }

    private void discard() {
        SqliteStatements broken = statements;
        statements = null;
        if (broken != null) {
            broken.close();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }
}
