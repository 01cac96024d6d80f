// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server can do to a ledger, and what the ledger makes of it. */
@Tag("server")
class PostgresServerTest {
    private final TestClock clock = new TestClock();

    private Ledger open(String url) {
        return Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, clock);
    }

    @Nested
    class Clocks extends ClockContract {
        @Override
        String newDatabase() {
            return SharedPostgres.newDatabase();
        }
    }

    private static CommitOutcome commit(Ledger ledger, int n) {
        return ledger.commit(new LedgerBatch("test", List.of(converted(n))));
    }

    private static String database(String url) {
        return ((StoreUrl.Postgres) StoreUrl.parse(url)).database();
    }

    private void assertFails(Kind kind, String url) {
        assertThatThrownBy(() -> open(url).close())
                .asInstanceOf(InstanceOfAssertFactories.type(LedgerException.class))
                .extracting(LedgerException::kind)
                .isEqualTo(kind);
    }

    @Test
    void databaseThatForgetsCommitsIsRefused() {
        String url = SharedPostgres.newDatabase();
        SharedPostgres.cluster().sql("postgres", "ALTER DATABASE " + database(url) + " SET synchronous_commit = off");

        assertFails(Kind.NOT_DURABLE, url);
    }

    @Test
    void databaseThatBeginsToForgetCommitsIsUnavailable() {
        String url = SharedPostgres.newDatabase();
        String name = database(url);
        try (Ledger ledger = open(url)) {
            SharedPostgres.cluster().sql("postgres", "ALTER DATABASE " + name + " SET synchronous_commit = off");
            SharedPostgres.cluster()
                    .sql(
                            "postgres",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");

            assertThat(commit(ledger, 1)).isInstanceOf(CommitOutcome.Unavailable.class);
            assertThat(ledger.isAvailable()).isFalse();
        }
    }

    @Test
    void serverThatIsNotThereIsReportedWithoutPassword() {
        assertThatThrownBy(() -> open("postgresql://me:secret@127.0.0.1:1/db").close())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("me:***@127.0.0.1")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void wrongPasswordIsReported() {
        String url = SharedPostgres.newDatabase().replace(PrivatePostgres.PASSWORD, "wrong");

        assertFails(Kind.UNREACHABLE, url);
    }

    @Test
    void revokedGrantIsUnavailabilityAndNoRejection() {
        String url = SharedPostgres.newDatabase();
        String name = database(url);
        PrivatePostgres cluster = SharedPostgres.cluster();
        cluster.sql(name, "CREATE ROLE clerk_" + name + " LOGIN PASSWORD 'private'");
        open(url).close();
        cluster.sql(name, "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk_" + name);
        cluster.sql(name, "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk_" + name);
        try (Ledger ledger = open(url.replace(PrivatePostgres.USER + ":", "clerk_" + name + ":"))) {
            assertThat(commit(ledger, 1)).isInstanceOf(CommitOutcome.Committed.class);
            cluster.sql(name, "REVOKE INSERT ON events FROM clerk_" + name);

            assertThat(commit(ledger, 2))
                    .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, it -> assertThat(it.cause())
                            .startsWith("42501"));

            cluster.sql(name, "GRANT INSERT ON events TO clerk_" + name);
            assertThat(commit(ledger, 2)).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    @Test
    void stoppedServerIsUnavailableAndUsedAgainOnceItIsBack() {
        try (PrivatePostgres server = new PrivatePostgres()) {
            server.start();
            try (LedgerFixture fixture = new LedgerFixture(open(server.createDatabase("ledger")), clock)) {
                fixture.commit(converted(1));
                server.stop();
                assertThat(commit(fixture.ledger(), 2)).isInstanceOf(CommitOutcome.Unavailable.class);
                assertThat(fixture.ledger().isAvailable()).isFalse();

                server.start();

                assertThat(fixture.ledger().isAvailable()).isTrue();
                assertThat(commit(fixture.ledger(), 2)).isInstanceOf(CommitOutcome.Committed.class);
                assertThat(fixture.events()).hasSize(2);
            }
        }
    }

    @Test
    void databaseErrorAboutDataIsARejection() {
        String url = SharedPostgres.newDatabase();
        try (Ledger ledger = open(url)) {
            SharedPostgres.cluster()
                    .sql(database(url), "ALTER TABLE events ADD CHECK (traits::text NOT LIKE '%message 7%')");

            assertThat(commit(ledger, 7))
                    .isInstanceOfSatisfying(CommitOutcome.Rejected.class, it -> assertThat(it.code())
                            .isEqualTo("23514"));
            assertThat(commit(ledger, 8)).isInstanceOf(CommitOutcome.Committed.class);
        }
    }
}
