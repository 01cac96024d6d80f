// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.StoreUrl;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one database, whose sessions do not depend on how the server is set: strict, UTF-8 compared byte by byte, READ
 * COMMITTED. The driver is under the LGPL and not part of a release; it is looked for when the first connection is made.
 */
final class MariaDbSource implements DataSource {
    private static final String DRIVER = "org.mariadb.jdbc.Driver";
    private static final String ARTIFACT = "org.mariadb.jdbc:mariadb-java-client";

    private final StoreUrl.MariaDb url;
    private final Properties properties = new Properties();
    private final String session;
    private final boolean readOnly;

    /** So long connecting may take; a pool that is closed waits for an attempt that is under way. */
    private final int loginSeconds;

    /**
     * @param connectTimeout how long to wait for a server to answer at all
     * @param socketTimeout the longest silence of a server that is still thought alive; zero: any
     * @param bounds seconds by the names of session variables
     * @param readOnly whether the server refuses what would write; the driver's own setReadOnly tells it nothing
     */
    MariaDbSource(
            StoreUrl.MariaDb url,
            Duration connectTimeout,
            Duration socketTimeout,
            Map<String, Long> bounds,
            boolean readOnly) {
        this.url = url;
        this.readOnly = readOnly;
        this.loginSeconds =
                Math.toIntExact(Math.max(1, connectTimeout.multipliedBy(2).toSeconds()));
        set("connectTimeout", Long.toString(connectTimeout.toMillis()));
        set("socketTimeout", Long.toString(socketTimeout.toMillis()));
        set("connectionCollation", "utf8mb4_nopad_bin");
        set("connectionAttributes", "program_name:nephometer");
        // While the server is away every attempt must say so at once.
        set("retriesAllDown", "1");
        url.parameters().forEach(this::set);
        set("user", url.user());
        set("password", url.password());
        StringBuilder text = new StringBuilder("SET SESSION sql_mode = "
                + "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'");
        new TreeMap<>(bounds)
                .forEach((name, seconds) ->
                        text.append(", ").append(name).append(" = ").append(seconds));
        this.session = text.toString();
    }

    private void set(String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        String address = "jdbc:mariadb://" + url.host() + ":" + url.port() + "/" + url.database();
        Connection connection = driver().connect(address, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take the address " + url, "08001");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(session);
            if (readOnly) {
                statement.execute("SET SESSION TRANSACTION READ ONLY");
            }
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException e) {
            try (connection) {
                throw e;
            }
        }
    }

    private Driver driver() {
        try {
            return Class.forName(DRIVER)
                    .asSubclass(Driver.class)
                    .getConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw new LedgerException(
                    Kind.UNSUPPORTED_SERVER,
                    url
                            + " needs the driver of MariaDB, which is not shipped with this program because of its licence (LGPL): "
                            + "put the jar of " + ARTIFACT
                            + " (version 3.5 or newer) into the folder lib of the release",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new LedgerException(Kind.UNSUPPORTED_SERVER, "the driver of MariaDB cannot be used: " + e, e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is part of the address");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver logs by SLF4J.
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("see the options of the ledger");
    }

    @Override
    public int getLoginTimeout() {
        return loginSeconds;
    }

    /** The type is JDBC's; nothing here logs by it. */
    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the driver logs by SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing of type " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
