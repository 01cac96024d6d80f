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
import io.nephometer.testkit.servers.PrivatePostgres;
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
import org.postgresql.ds.PGSimpleDataSource;

@Tag("server")
class PostgresCoordinatorTest {
    private static final PrivatePostgres POSTGRES = new PrivatePostgres();
    private static final Duration SHORT = Duration.ofSeconds(9);

    private final PGSimpleDataSource database = database(PrivatePostgres.PASSWORD);
    private final Member me = Member.starting("a", Set.of("central"));
    private SqlFixture fixture;

    @BeforeAll
    static void start() {
        POSTGRES.start();
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @BeforeEach
    void open() throws SQLException {
        POSTGRES.start();
        fixture = new SqlFixture(database, SqlEngine.POSTGRESQL);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static PGSimpleDataSource database(String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:" + POSTGRES.port() + "/postgres");
        database.setUser(PrivatePostgres.USER);
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
        POSTGRES.kill();

        assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.UNREACHABLE);

        POSTGRES.start();
        assertThat(coordinator.beat(me).names()).containsExactly("a");
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (Coordinator coordinator = new SqlCoordinator(database("wrong"), SqlEngine.POSTGRESQL, SHORT)) {
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
        try (Coordinator coordinator = new SqlCoordinator(database, SqlEngine.POSTGRESQL, SHORT);
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
                Coordinator coordinator = new SqlCoordinator(database, SqlEngine.POSTGRESQL, Duration.ofSeconds(30))) {
            connection.setAutoCommit(false);
            statement.execute(SqlEngine.POSTGRESQL.bounds(Duration.ofMillis(200)));
            statement.execute("UPDATE members_head SET revision = revision + 1");

            // Waits for the row until the server has ended that transaction.
            assertThat(coordinator.beat(me).names()).containsExactly("a");
        }
    }
}
