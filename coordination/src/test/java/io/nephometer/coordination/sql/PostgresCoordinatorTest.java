// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.testkit.servers.PrivatePostgres;
import io.nephometer.testkit.servers.PrivateServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("server")
class PostgresCoordinatorTest extends SqlServerContract {
    private static final PrivatePostgres SERVER = new PrivatePostgres();

    @BeforeAll
    static void start() {
        SERVER.start();
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
        return SqlEngine.POSTGRESQL;
    }

    @Override
    DataSource database() {
        return database(PrivatePostgres.PASSWORD);
    }

    @Override
    DataSource database(String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:" + SERVER.port() + "/postgres");
        database.setUser(PrivatePostgres.USER);
        database.setPassword(password);
        return database;
    }
}
