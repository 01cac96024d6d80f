// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.testkit.servers.PrivateMariaDb;
import io.nephometer.testkit.servers.PrivateServer;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.mariadb.jdbc.MariaDbDataSource;

@Tag("server")
class MariaDbCoordinatorTest extends SqlServerContract {
    private static final PrivateMariaDb SERVER = new PrivateMariaDb();

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.sql("", "CREATE DATABASE IF NOT EXISTS members CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    PrivateServer server() {
        return SERVER;
    }

    @Override
    SqlEngine engine() {
        return SqlEngine.MARIADB;
    }

    @Override
    DataSource database() throws SQLException {
        return database(PrivateMariaDb.PASSWORD);
    }

    @Override
    DataSource database(String password) throws SQLException {
        MariaDbDataSource database = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + SERVER.port()
                + "/members?sslMode=disable&retriesAllDown=1&transactionIsolation=READ-COMMITTED");
        database.setUser(PrivateMariaDb.USER);
        database.setPassword(password);
        return database;
    }
}
