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
import io.nephometer.store.schema.Schema;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server can do to a ledger, and what the ledger makes of it. */
@Tag("server")
class MariaDbServerTest {
    private static final PrivateMariaDb SERVER = SharedMariaDb.server();
    private final TestClock clock = new TestClock();

    private Ledger open(String url) {
        return Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, clock);
    }

    @Nested
    class Clocks extends ClockContract {
        @Override
        String newDatabase() {
            return SharedMariaDb.newDatabase();
        }
    }

    private static CommitOutcome commit(Ledger ledger, int n) {
        return ledger.commit(new LedgerBatch("test", List.of(converted(n))));
    }

    private static String database(String url) {
        return ((StoreUrl.MariaDb) StoreUrl.parse(url)).database();
    }

    private void assertFails(Kind kind, String url) {
        assertThatThrownBy(() -> open(url).close())
                .asInstanceOf(InstanceOfAssertFactories.type(LedgerException.class))
                .extracting(LedgerException::kind)
                .isEqualTo(kind);
    }

    private static void endConnections(String url) {
        String ids = SERVER.sql("", "SELECT id FROM information_schema.processlist WHERE db = '" + database(url) + "'");
        for (String id : ids.lines().filter(line -> !line.isBlank()).toList()) {
            SERVER.sql("", "KILL " + id);
        }
    }

    @Test
    void serverThatBeginsToForgetCommitsIsUnavailableAndThenRefused() {
        String url = SharedMariaDb.newDatabase();
        try (Ledger ledger = open(url)) {
            assertThat(ledger.isAvailable()).isTrue();
            SERVER.sql("", "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
            endConnections(url);

            assertThat(commit(ledger, 1)).isInstanceOf(CommitOutcome.Unavailable.class);
            assertThat(ledger.isAvailable()).isFalse();
            assertFails(Kind.NOT_DURABLE, url);
        } finally {
            SERVER.sql("", "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
        }
    }

    @Test
    void readOnlyServerTakesNoWritesButCanBeRead() {
        String url = SharedMariaDb.newDatabase();
        open(url).close();
        SERVER.sql("", "SET GLOBAL read_only = 1");
        try {
            assertFails(Kind.UNREACHABLE, url);
            try (var view = Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, clock)) {
                assertThat(view.log().head()).isZero();
            }
        } finally {
            SERVER.sql("", "SET GLOBAL read_only = 0");
        }
    }

    @Test
    void serverThatIsNotThereIsReportedWithoutPassword() {
        assertThatThrownBy(() -> open("mariadb://me:secret@127.0.0.1:1/db").close())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("me:***@127.0.0.1")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void serverWithoutTlsIsRefusedUnlessTheAddressAllowsIt() {
        assertThatThrownBy(() -> open(SharedMariaDb.newDatabase().replace("?sslMode=disable", ""))
                        .close())
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("sslMode=disable");
    }

    @Test
    void wrongPasswordIsReported() {
        assertFails(Kind.UNREACHABLE, SharedMariaDb.newDatabase().replace(PrivateMariaDb.PASSWORD, "wrong"));
    }

    @Test
    void revokedGrantIsUnavailabilityAndNoRejection() {
        String url = SharedMariaDb.newDatabase();
        String name = database(url);
        String clerk = "clerk_" + name + "@'127.0.0.1'";
        open(url).close();
        SERVER.sql("", "CREATE USER " + clerk + " IDENTIFIED BY 'private'");
        SERVER.sql("", "GRANT SELECT, UPDATE, DELETE ON " + name + ".* TO " + clerk);
        // A session sees at once what becomes of grants on tables, but not of those on its database.
        for (String table : SERVER.sql(name, "SHOW TABLES").lines().toList()) {
            SERVER.sql(name, "GRANT INSERT ON " + table + " TO " + clerk);
        }
        try (Ledger ledger = open(url.replace(PrivateMariaDb.USER + ":", "clerk_" + name + ":"))) {
            assertThat(commit(ledger, 1)).isInstanceOf(CommitOutcome.Committed.class);
            SERVER.sql("", "REVOKE INSERT ON " + name + ".events FROM " + clerk);

            assertThat(commit(ledger, 2))
                    .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, it -> assertThat(it.cause())
                            .startsWith("42000"));

            SERVER.sql("", "GRANT INSERT ON " + name + ".events TO " + clerk);
            assertThat(commit(ledger, 2)).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    /** With a log for replicas, it is that log's flush that makes a commit durable. */
    @Test
    void binaryLogMustBeOfRowsAndFlushed_andAStoppedServerIsUsedAgainOnceItIsBack() {
        try (PrivateMariaDb server = new PrivateMariaDb(List.of("log-bin=binlog", "server-id=1"))) {
            server.start();
            String url = server.createDatabase("ledger");
            server.sql("", "SET GLOBAL binlog_format = STATEMENT");
            assertFails(Kind.UNSUPPORTED_SERVER, url);
            server.sql("", "SET GLOBAL binlog_format = MIXED");
            assertFails(Kind.NOT_DURABLE, url);
            server.sql("", "SET GLOBAL sync_binlog = 1");
            try (LedgerFixture fixture = new LedgerFixture(open(url), clock)) {
                fixture.commit(converted(1));
                server.stop();
                assertThat(commit(fixture.ledger(), 2)).isInstanceOf(CommitOutcome.Unavailable.class);
                assertThat(fixture.ledger().isAvailable()).isFalse();

                server.start();
                server.sql("", "SET GLOBAL sync_binlog = 1");

                assertThat(fixture.ledger().isAvailable()).isTrue();
                assertThat(commit(fixture.ledger(), 2)).isInstanceOf(CommitOutcome.Committed.class);
                assertThat(fixture.events()).hasSize(2);
            }
        }
    }

    @Test
    void databaseErrorAboutDataIsARejection() {
        String url = SharedMariaDb.newDatabase();
        try (Ledger ledger = open(url)) {
            SERVER.sql(database(url), "ALTER TABLE events ADD CHECK (traits NOT LIKE '%message 7%')");

            assertThat(commit(ledger, 7))
                    .isInstanceOfSatisfying(CommitOutcome.Rejected.class, it -> assertThat(it.code())
                            .isEqualTo("23000"));
            assertThat(commit(ledger, 8)).isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    @Test
    void namesAreComparedByteByByteHoweverTheServerIsSet() {
        SERVER.sql(
                "",
                "SET GLOBAL sql_mode = '', GLOBAL time_zone = '+05:00', GLOBAL character_set_server = latin1, "
                        + "GLOBAL tx_isolation = 'SERIALIZABLE'");
        try (Ledger ledger = open(SharedMariaDb.newDatabase())) {
            List<String> names = List.of("a", "A", "a ", "\u00e4", "a\u0308", "\ud83d\ude00", "\ud83d\ude01");
            names.forEach(name -> ledger.log().moveCursor(name, 1 + names.indexOf(name)));

            assertThat(names)
                    .allSatisfy(name -> assertThat(ledger.log().cursor(name)).isEqualTo(1 + names.indexOf(name)));
            assertThat(commit(ledger, 1)).isInstanceOf(CommitOutcome.Committed.class);
        } finally {
            SERVER.sql(
                    "",
                    "SET GLOBAL sql_mode = DEFAULT, GLOBAL time_zone = DEFAULT, GLOBAL character_set_server = DEFAULT, "
                            + "GLOBAL tx_isolation = DEFAULT");
        }
    }

    /** Tables are not made in a transaction; what was killed in between is made whole by doing it again. */
    @Test
    void migrationThatEndedHalfwayIsDoneAgain() {
        String url = SharedMariaDb.newDatabase();
        Ledgers.migrate(StoreUrl.parse(url), LedgerOptions.DEFAULTS);
        assertThat(Schema.VERSION)
                .as("only the newest can have ended halfway: undo a part of that one here")
                .isEqualTo(14);
        SERVER.sql(
                database(url),
                "CREATE INDEX usage_carries_by_age ON usage_carries (period_end);"
                        + " UPDATE schema_history SET success = 0 WHERE version = '14'");

        Ledgers.migrate(StoreUrl.parse(url), LedgerOptions.DEFAULTS);

        assertThat(SERVER.sql(database(url), "SHOW INDEX FROM usage_carries"))
                .contains("usage_carries_in_order")
                .doesNotContain("usage_carries_by_age");
        open(url).close();
    }
}
