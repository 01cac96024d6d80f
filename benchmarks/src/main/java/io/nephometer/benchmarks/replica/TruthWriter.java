// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Commits a growing number on the primary, many times a second, and remembers when each was acknowledged; with the time, where
 * whoever writes to the ledger leaves it.
 */
final class TruthWriter implements AutoCloseable {
    private static final long PAUSE = 20_000_000;

    private final DataSource primary;
    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean writing = true;
    private volatile boolean closed;

    TruthWriter(DataSource primary) throws SQLException {
        this.primary = primary;
        try (Connection connection = primary.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE truth (n integer NOT NULL PRIMARY KEY)");
            statement.execute("INSERT INTO truth VALUES (0)");
            statement.execute(
                    "INSERT INTO consumers (name, position, updated_at, messages, events, sample_only, unmatched, recovered, "
                            + "duplicates, conflicts, fenced, samples, samples_refused) VALUES ('truth', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
        }
        this.thread = Thread.ofVirtual().name("truth").start(this::run);
    }

    void write(boolean on) {
        writing = on;
    }

    private void run() {
        while (!closed) {
            try (Connection connection = primary.getConnection();
                    Statement statement = connection.createStatement()) {
                write(statement);
            } catch (SQLException e) {
                // The primary hangs, as a case wants it; it is tried again.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void write(Statement statement) throws SQLException {
        while (!closed) {
            if (writing) {
                int number = acknowledged.size() + 1;
                statement.executeUpdate("UPDATE truth SET n = " + number);
                if (number % 10 == 0) {
                    long time = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                    statement.executeUpdate("UPDATE consumers SET updated_at = " + time + " WHERE name = 'truth'");
                }
                acknowledged.add(System.nanoTime());
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** For how long a server has lacked something that was acknowledged, in seconds. */
    double lacks(Statement server) throws SQLException {
        try (ResultSet row = server.executeQuery("SELECT n FROM truth")) {
            row.next();
            int shown = row.getInt(1);
            long now = System.nanoTime();
            return shown < acknowledged.size() ? (now - acknowledged.get(shown)) / 1e9 : 0;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
