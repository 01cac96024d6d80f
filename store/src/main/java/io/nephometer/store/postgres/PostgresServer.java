// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens a ledger in a PostgreSQL database. Any number of processes may write to it. */
public record PostgresServer(StoreUrl.Postgres url, LedgerOptions options) {
    private static final int OLDEST = 130_000;

    /** Opens for writing; makes the ledger in a database that holds none. */
    public PostgresEngine open() throws SQLException {
        PGSimpleDataSource source = source(writing());
        requireVersion(source);
        Schema schema = schema();
        schema.ensure();
        WritingConnections writers = new WritingConnections(source, PostgresServer::check, options);
        try {
            writers.giveBack(writers.take());
        } catch (NotDurableException e) {
            throw new LedgerException(
                    Kind.NOT_DURABLE,
                    url + ": " + e.getMessage() + "; nothing is taken from the bus. Switch it on for this database "
                            + "(ALTER DATABASE … SET synchronous_commit = on) or on the server",
                    e);
        }
        return new PostgresEngine(writers, readers(), looks());
    }

    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('synchronous_commit'), "
                        + "current_setting('fsync'), pg_is_in_recovery()")) {
            row.next();
            if (row.getString(1).equals("off")) {
                throw new NotDurableException("synchronous_commit is off");
            }
            if (row.getString(2).equals("off")) {
                throw new NotDurableException("fsync is off");
            }
            if (row.getBoolean(3)) {
                throw new SQLException("the server is a replica, or is still recovering: it takes no writes", "25006");
            }
        }
    }

    /** Opens for reading; a replica will do. */
    public PostgresEngine openReadOnly() throws SQLException {
        requireVersion(source(Map.of()));
        schema().require();
        return new PostgresEngine(null, readers(), looks());
    }

    /**
     * Opens a replica for reading, without asking it anything yet. Its sessions cannot write.
     *
     * @param silence how long it may take over any part of an answer
     */
    public PostgresEngine openReplica(Duration silence) {
        PGSimpleDataSource source = impatient(silence);
        source.setOptions("-c default_transaction_read_only=on");
        HikariConfig pool = readers("replica readers", source);
        pool.setConnectionTimeout(Math.max(1_000, silence.toMillis()));
        return new PostgresEngine(null, new HikariDataSource(pool), LookPool.of(pool));
    }

    /**
     * Connections to ask the server how it stands.
     *
     * @param silence how long it may take to answer
     */
    public DataSource probing(Duration silence) {
        return impatient(silence);
    }

    private PGSimpleDataSource impatient(Duration silence) {
        PGSimpleDataSource source = source(Map.of());
        source.setConnectTimeout(seconds(silence));
        source.setSocketTimeout(seconds(silence));
        source.setLoginTimeout(0); // the two above are enough, and cost no thread
        return source;
    }

    /** Makes the ledger, or brings it up to date. */
    public void migrate() throws SQLException {
        requireVersion(source(Map.of()));
        schema().migrate();
    }

    private Schema schema() {
        return new Schema(url, source(Map.of()), "postgresql");
    }

    private void requireVersion(PGSimpleDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version_num")) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new LedgerException(
                        Kind.UNSUPPORTED_SERVER,
                        url + ": the server is PostgreSQL " + row.getInt(1) / 10_000 + "; 13 or newer is needed");
            }
        }
    }

    /** No transaction may hold its locks for ever: neither behind a lock, nor in a slow statement, nor asleep. */
    private Map<String, Duration> writing() {
        return Map.of(
                "lock_timeout", options.lockTimeout(),
                "statement_timeout", options.statementTimeout(),
                // Who stops within a transaction keeps others waiting no longer than this.
                "idle_in_transaction_session_timeout", options.lockTimeout().dividedBy(2));
    }

    private PGSimpleDataSource source(Map<String, Duration> timeouts) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {url.host()});
        source.setPortNumbers(new int[] {url.port()});
        source.setDatabaseName(url.database());
        source.setApplicationName("nephometer");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(seconds(options.connectTimeout()));
        source.setLoginTimeout(seconds(options.connectTimeout().multipliedBy(2)));
        // A server that vanished without a word is noticed at the latest when its answer is overdue.
        source.setSocketTimeout(seconds(options.statementTimeout().plusSeconds(10)));
        if (url.user() != null) {
            source.setUser(url.user());
        }
        if (url.password() != null) {
            source.setPassword(url.password());
        }
        StringBuilder settings = new StringBuilder();
        timeouts.forEach((name, value) ->
                settings.append(" -c ").append(name).append('=').append(value.toMillis()));
        if (!settings.isEmpty()) {
            source.setOptions(settings.toString().strip());
        }
        url.parameters().forEach((name, value) -> parameter(source, name, value));
        return source;
    }

    private void parameter(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "store address " + url + ": parameter " + name + " is not known to the driver", e);
        }
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.toSeconds()));
    }

    /** A pool that commits each statement. */
    public HikariDataSource connections(int most) {
        HikariConfig pool = pool("ledger coordination", source(writing()), most);
        pool.setAutoCommit(true);
        return new HikariDataSource(pool);
    }

    private HikariDataSource readers() {
        PGSimpleDataSource source = source(Map.of());
        source.setSocketTimeout(seconds(options.readTimeout())); // a question may take its time, but not for ever
        return new HikariDataSource(readers("ledger readers", source));
    }

    private HikariDataSource looks() {
        PGSimpleDataSource source = source(Map.of());
        source.setSocketTimeout(seconds(options.lockTimeout()));
        return LookPool.of(readers("ledger looks", source));
    }

    private HikariConfig readers(String name, PGSimpleDataSource source) {
        HikariConfig pool = pool(name, source, options.readers());
        pool.setReadOnly(true);
        pool.setAutoCommit(false);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return pool;
    }

    private HikariConfig pool(String name, PGSimpleDataSource source, int most) {
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
