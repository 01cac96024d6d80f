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
import io.nephometer.testkit.servers.PrivateServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What members in the tables of a real database server hold to, whichever it is; the contract of all coordinators included. */
abstract class SqlServerContract {
    private static final Duration SHORT = Duration.ofSeconds(9);

    private final Member me = Member.starting("a", Set.of("central"));
    private SqlFixture fixture;

    abstract PrivateServer server();

    abstract SqlEngine engine();

    /** The server's database, for its user with this password. */
    abstract DataSource database(String password) throws SQLException;

    /** The server's database, for its user. */
    abstract DataSource database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        server().start();
        fixture = new SqlFixture(database(), engine());
    }

    @AfterEach
    void close() {
        fixture.close();
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
        server().kill();

        assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.UNREACHABLE);

        server().start();
        assertThat(coordinator.beat(me).names()).containsExactly("a");
    }

    @Test
    void aWrongPasswordIsRefused() throws SQLException {
        try (Coordinator coordinator = new SqlCoordinator(database("wrong"), engine(), SHORT)) {
            assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.REFUSED);
        }
    }

    @Test
    void aDatabaseWithoutTheTablesIsBroken() throws Exception {
        try (Coordinator coordinator = fixture.open();
                Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE members_head");

            assertThat(failure(coordinator, me)).isEqualTo(CoordinationFailure.BROKEN);
        }
    }

    /** As a process that was paused within a change would. */
    @Test
    void whoHoldsTheTablesDelaysThoseWhoAreInNotAtAllAndThoseWhoComeNoLongerThanAThirdOfTheLease() throws Exception {
        Member other = Member.starting("b", Set.of("central"));
        try (Coordinator coordinator = new SqlCoordinator(database(), engine(), SHORT);
                Connection connection = database().getConnection();
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
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                Coordinator coordinator = new SqlCoordinator(database(), engine(), Duration.ofSeconds(30))) {
            connection.setAutoCommit(false);
            statement.execute(engine().bounds(Duration.ofSeconds(1)));
            statement.execute("UPDATE members_head SET revision = revision + 1");

            // Waits for the row until the server has ended that transaction.
            assertThat(coordinator.beat(me).names()).containsExactly("a");
        }
    }
}
