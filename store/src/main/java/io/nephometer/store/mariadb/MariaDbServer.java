// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.commit.LookPool;
import io.nephometer.store.commit.NotDurableException;
import io.nephometer.store.commit.WritingConnections;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.schema.Schema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** Opens a ledger in a MariaDB database. Any number of processes may write to it. */
public record MariaDbServer(StoreUrl.MariaDb url, LedgerOptions options) {
    /** Opens for writing; makes the ledger in a database that holds none. */
    public MariaDbEngine open() throws SQLException {
        ServerCheck.require(url, plain());
        Schema schema = schema();
        schema.ensure();
        WritingConnections writers = new WritingConnections(writing(), ServerCheck::requireDurable, options);
        try {
            writers.giveBack(writers.take());
        } catch (NotDurableException e) {
            throw new LedgerException(
                    Kind.NOT_DURABLE,
                    url + ": " + e.getMessage()
                            + "; nothing is taken from the bus. Set it in the server's configuration",
                    e);
        }
        return new MariaDbEngine(writers, readers(), looks());
    }

    /** Opens for reading; a replica will do. */
    public MariaDbEngine openReadOnly() throws SQLException {
        ServerCheck.require(url, plain());
        schema().require();
        return new MariaDbEngine(null, readers(), looks());
    }

    /**
     * Opens a replica for reading, without asking it anything yet. Its sessions cannot write.
     *
     * @param silence how long it may take over any part of an answer
     */
    public MariaDbEngine openReplica(Duration silence) {
        HikariConfig pool = readers("replica readers", new MariaDbSource(url, silence, silence, Map.of(), true));
        pool.setConnectionTimeout(Math.max(1_000, silence.toMillis()));
        return new MariaDbEngine(null, new HikariDataSource(pool), LookPool.of(pool));
    }

    /**
     * Connections to ask the server how it stands.
     *
     * @param silence how long it may take to answer
     */
    public DataSource probing(Duration silence) {
        return new MariaDbSource(url, silence, silence, Map.of(), true);
    }

    /**
     * A pool for looking at a database that is not ours. Its sessions cannot write, and each transaction sees one state.
     *
     * @param silence how long the server may take over any part of an answer
     */
    public HikariDataSource looking(String name, Duration silence, Duration statement, int most) {
        HikariConfig pool = pool(
                name,
                new MariaDbSource(
                        url,
                        options.connectTimeout(),
                        silence,
                        Map.of(
                                "max_statement_time", seconds(statement),
                                "lock_wait_timeout", seconds(statement),
                                // Who stops while it looks keeps no old state of the database alive, and no table from
                                // being altered.
                                "idle_transaction_timeout", seconds(statement)),
                        true),
                most);
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return new HikariDataSource(pool);
    }

    /** Makes the ledger, or brings it up to date. */
    public void migrate() throws SQLException {
        ServerCheck.require(url, plain());
        schema().migrate();
    }

    private Schema schema() {
        return new Schema(url, plain(), "mariadb");
    }

    private MariaDbSource plain() {
        return new MariaDbSource(url, options.connectTimeout(), silence(), Map.of(), false);
    }

    /** No transaction may hold its locks for ever: neither behind a lock, nor in a slow statement, nor asleep. */
    private MariaDbSource writing() {
        return new MariaDbSource(
                url,
                options.connectTimeout(),
                silence(),
                Map.of(
                        "innodb_lock_wait_timeout", seconds(options.lockTimeout()),
                        "lock_wait_timeout", seconds(options.lockTimeout()),
                        "max_statement_time", seconds(options.statementTimeout()),
                        // Who stops within a transaction keeps others waiting no longer than this.
                        "idle_transaction_timeout",
                                seconds(options.lockTimeout().dividedBy(2))),
                false);
    }

    /** A server that vanished without a word is noticed at the latest when its answer is overdue. */
    private Duration silence() {
        return options.statementTimeout().plusSeconds(10);
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }

    /** A pool that commits each statement. */
    public HikariDataSource connections(int most) {
        HikariConfig pool = pool("ledger coordination", writing(), most);
        pool.setAutoCommit(true);
        return new HikariDataSource(pool);
    }

    private HikariDataSource readers() {
        // A question may take its time, but not for ever.
        return new HikariDataSource(readers("ledger readers", reading(options.readTimeout())));
    }

    private HikariDataSource looks() {
        return LookPool.of(readers("ledger looks", reading(options.lockTimeout())));
    }

    private MariaDbSource reading(Duration silence) {
        return new MariaDbSource(url, options.connectTimeout(), silence, Map.of(), true);
    }

    private HikariConfig readers(String name, MariaDbSource source) {
        HikariConfig pool = pool(name, source, options.readers());
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return pool;
    }

    private HikariConfig pool(String name, MariaDbSource source, int most) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(most);
        pool.setMinimumIdle(0);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(
                Math.max(1_000, options.connectTimeout().multipliedBy(2).toMillis()));
        return pool;
    }
}
