// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.CoordinatorContract;
import io.nephometer.coordination.CoordinatorFixture;
import io.nephometer.coordination.Member;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

@Tag("server")
class MariaDbCoordinatorTest {
    private static final PrivateMariaDb SERVER = new PrivateMariaDb();
    private static final Duration SHORT = Duration.ofSeconds(9);

    private MariaDbDataSource database;
    private final Member me = Member.starting("a", Set.of("central"));
    private SqlFixture fixture;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void open() throws SQLException {
        SERVER.start();
        SERVER.sql("", "CREATE DATABASE IF NOT EXISTS members CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
        database = database(PrivateMariaDb.PASSWORD);
        fixture = new SqlFixture(database, SqlEngine.MARIADB);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static MariaDbDataSource database(String password) throws SQLException {
        MariaDbDataSource database = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + SERVER.port()
                + "/members?sslMode=disable&retriesAllDown=1&transactionIsolation=READ-COMMITTED");
        database.setUser(PrivateMariaDb.USER);
        database.setPassword(password);
        return database;
    }

    @Nested
    class Contract extends CoordinatorContract {
        @Override
        protected CoordinatorFixture fixture() {
            return fixture;
        }
    }

    private static CoordinationFailure failure(Coordinator coordinator, Member member) {
        CoordinationException failed =
                catchThrowableOfType(CoordinationException.class, () -> coordinator.beat(member));
        assertThat(failed).isNotNull();
        return failed.failure();
    }

    @Test
    void aDatabaseThatIsDownIsUnreachableUntilItIsBack() throws Exception {
        Coordinator coordinator = fixture.open();
        coordinator.beat(me);
        SERVER.kill();

        assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.UNREACHABLE);

        SERVER.start();
        assertThat(coordinator.beat(me).names()).containsExactly("a");
    }

    @Test
    void aWrongPasswordIsRefused() throws SQLException {
        try (Coordinator coordinator = new SqlCoordinator(database("wrong"), SqlEngine.MARIADB, SHORT)) {
            assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.REFUSED);
        }
    }

    @Test
    void aDatabaseWithoutTheTablesIsBroken() throws Exception {
        try (Coordinator coordinator = fixture.open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE members_head");

            assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.BROKEN);
        }
    }

    /** As a process that was paused within a change would. */
    @Test
    void whoHoldsTheTablesDelaysThoseWhoAreInNotAtAllAndThoseWhoComeNoLongerThanAThirdOfTheLease() throws Exception {
        Member other = Member.starting("b", Set.of("central"));
        try (Coordinator coordinator = new SqlCoordinator(database, SqlEngine.MARIADB, SHORT);
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            coordinator.beat(me);
            connection.setAutoCommit(false);
            statement.execute("UPDATE members_head SET revision = revision + 1");

            assertThat(coordinator.beat(me).names()).containsExactly("a");
            assertThat(failure(coordinator, other)).isEqualTo(CoordinationFailure.TIMED_OUT);

            connection.rollback();
            assertThat(coordinator.beat(other).names()).containsExactly("a", "b");
        }
    }

    @Test
    void whoIsPausedWithinAChangeIsThrownOutByTheServer() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                Coordinator coordinator = new SqlCoordinator(database, SqlEngine.MARIADB, Duration.ofSeconds(30))) {
            connection.setAutoCommit(false);
            statement.execute(SqlEngine.MARIADB.bounds(Duration.ofSeconds(1)));
            statement.execute("UPDATE members_head SET revision = revision + 1");

            // Waits for the row until the server has ended that transaction.
            assertThat(coordinator.beat(me).names()).containsExactly("a");
        }
    }
}
