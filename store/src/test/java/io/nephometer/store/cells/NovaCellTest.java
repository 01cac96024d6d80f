// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.Heartbeats;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.testkit.cells.RecordedCell;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server writes down each statement, and has a time zone that is not Nova's. About 15 s. */
@Tag("server")
class NovaCellTest {
    private static final PrivateMariaDb SERVER =
            new PrivateMariaDb(List.of("general-log=1", "log-output=TABLE", "default-time-zone=+05:30"));

    private static final Period AFTERNOON =
            new Period(Instant.parse("2026-11-28T15:00:00Z"), Instant.parse("2026-11-28T16:00:00Z"));

    private static int databases;

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void endServer() {
        SERVER.close();
    }

    /** A cell as it was recorded, and a user who may read no more than he has to. */
    private static String cell() {
        String database = "nova_cell" + ++databases;
        SERVER.createDatabase(database);
        RecordedCell.fill(SERVER, database);
        return database;
    }

    private static void grant(String database, String account) {
        SERVER.sql("", "CREATE USER IF NOT EXISTS " + account + " IDENTIFIED BY 'word'");
        CellGrants.of(database, account, 10).stream()
                .skip(1)
                .forEach(statement -> SERVER.sql("", statement.replaceAll("; --.*", "")));
    }

    private static NovaCell opened(String database, String user, String password) {
        return opened(new StoreUrl.MariaDb(
                "127.0.0.1", SERVER.port(), database, user, password, Map.of("sslMode", "disable")));
    }

    private static NovaCell opened(StoreUrl.MariaDb url) {
        return opened(url, Duration.ZERO);
    }

    /** @param ahead what our clock is ahead of the server's */
    private static NovaCell opened(StoreUrl.MariaDb url, Duration ahead) {
        return NovaCell.of(
                new CellSettings(
                        "one",
                        url,
                        List.of(),
                        RoutingOptions.DEFAULTS,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        2),
                () -> WallClock.system().instant().plus(ahead),
                Ticker.system(),
                RouterObserver.NONE);
    }

    private static NovaCell granted(String database) {
        String user = "reader" + databases;
        grant(database, "'" + user + "'@'127.0.0.1'");
        return opened(database, user, "word");
    }

    private static CellStatus status(NovaCell cell) {
        return cell.look(ReadIntent.PRIMARY, Fallback.PRIMARY);
    }

    @Test
    void withTheGrantsThatAreTold_allIsRead_andNoSecretIsAskedFor() {
        String database = cell();
        SERVER.sql("mysql", "TRUNCATE general_log");
        try (NovaCell cell = granted(database)) {
            assertThat(status(cell).state()).isEqualTo("up");
            assertThat(status(cell).lacking()).isEmpty();
            List<CellInstance> all = cell.readPrimary(view -> view.all(0, 100)).value();
            assertThat(all).hasSize(14);
            cell.readPrimary(view -> view.changes(Instant.EPOCH, null, 0, 100));
            cell.readPrimary(view -> view.window(AFTERNOON, 0));
            cell.readPrimary(view -> view.notCleaned(List.of("compute-1")));
            assertThat(cell.readPrimary(CellView::services).value()).hasSize(7);
            assertThat(cell.readPrimary(CellView::nodes).value()).hasSize(4);
            assertThat(all.toString()).doesNotContain(RecordedCell.SECRET);
        }
        String asked = SERVER.sql(
                "mysql", "SELECT argument FROM general_log WHERE user_host LIKE 'reader%' AND argument LIKE 'SELECT%'");
        assertThat(asked).contains("FROM instances i LEFT JOIN instance_extra x");
        assertThat(asked).doesNotContain("*", "user_data", "key_data", "keypairs", "connection_info", "password");
    }

    @Test
    void whoMayReadNoSecrets_cannot() {
        String database = cell();
        try (NovaCell cell = granted(database)) {
            assertThat(status(cell).state()).isEqualTo("up");
        }
        assertThatThrownBy(() -> execute(database, "reader" + databases, "word", "SELECT user_data FROM instances"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1143));
    }

    @Test
    void sessionsCannotWrite_evenAsAUserWhoMay() {
        String database = cell();
        assertThatThrownBy(() -> execute(
                        database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, "UPDATE instances SET host = 'x'"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1792));
        assertThatThrownBy(() -> execute(
                        database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, "SELECT sleep(5) FROM instances"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1969));
    }

    /** A process that stops while it looks would keep Nova's tables from being altered. */
    @Test
    void whoStopsWhileLookingIsThrownOut() throws Exception {
        String database = cell();
        try (HikariDataSource source = looking(database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD);
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute("SELECT count(*) FROM instances");
            SERVER.sql(database, "SET SESSION lock_wait_timeout = 30; ALTER TABLE instances COMMENT 'altered'");
            assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    private static HikariDataSource looking(String database, String user, String password) {
        StoreUrl.MariaDb url = new StoreUrl.MariaDb(
                "127.0.0.1", SERVER.port(), database, user, password, Map.of("sslMode", "disable"));
        return new MariaDbServer(url, LedgerOptions.DEFAULTS)
                .looking("test", Duration.ofSeconds(20), Duration.ofSeconds(1), 1);
    }

    private static void execute(String database, String user, String password, String sql) throws SQLException {
        try (HikariDataSource source = looking(database, user, password);
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            boolean _ = statement.execute(sql);
            connection.commit();
        }
    }

    /** One share after the other has each instance that lived in the period once, and no other. */
    @Test
    void aPeriod_hasWhatLivedInIt_onceInAllShares() {
        String database = cell();
        try (NovaCell cell = granted(database)) {
            List<String> lived = new ArrayList<>();
            for (int share = 0; share < HostShare.COUNT; share++) {
                int one = share;
                cell.readPrimary(view -> view.window(AFTERNOON, one))
                        .value()
                        .instances()
                        .forEach(instance -> lived.add(instance.text("display_name")));
            }
            assertThat(new TreeSet<>(lived)).hasSameSizeAs(lived);
            assertThat(lived)
                    .contains("c5-1527-11", "c5-1527-12", "c5-1527-09", "tcg-plain")
                    .doesNotContain("cells-web", "cells-web2", "cells-gone")
                    .hasSize(13);
            Period begun = new Period(Instant.parse("2026-11-28T15:28:24Z"), AFTERNOON.end());
            assertThat(cell.readPrimary(view -> view.window(begun, 44 % HostShare.COUNT))
                            .value()
                            .instances())
                    .as("what ended exactly when the period began did not live in it")
                    .noneMatch(instance -> instance.uuid().startsWith("12562b2b"));
        }
    }

    private static CellWindow window(NovaCell cell, Period period, long row) {
        return cell.readPrimary(view -> view.window(period, (int) (row % HostShare.COUNT)))
                .value();
    }

    private static void resize(String database, String uuid, String when, String type, int from, int to) {
        SERVER.sql(
                database,
                "INSERT INTO migrations (created_at, updated_at, instance_uuid, migration_type, old_instance_type_id,"
                        + " new_instance_type_id, status, deleted) VALUES ('2026-11-28 16:00:00', '" + when + "', '"
                        + uuid + "', '" + type + "', " + from + ", " + to + ", 'confirmed', 0)");
    }

    /** Its flavor is saved before its launch is dated, so that a resize that breaks off leaves the launch as it was. */
    @Test
    void whoseSizeMayHaveChangedSince_isToldBesides() {
        String database = cell();
        String paused = "8a8e35d2-4285-44ba-a363-f33f6e0dcb72";
        String changed = "UPDATE instances SET updated_at = '2026-11-28 17:00:00' WHERE id = 34";
        resize(database, paused, "2026-11-28 17:00:00", "resize", 6, 2);
        try (NovaCell cell = granted(database)) {
            assertThat(window(cell, AFTERNOON, 34).resized())
                    .as("the row has not been written since")
                    .isEmpty();
            SERVER.sql(database, changed);
            assertThat(window(cell, AFTERNOON, 34).resized()).containsExactly(paused);
            assertThat(window(cell, AFTERNOON, 34).instances())
                    .extracting(CellInstance::uuid)
                    .contains(paused);
            SERVER.sql(database, "DELETE FROM migrations");
            resize(database, paused, "2026-11-28 15:59:59", "resize", 6, 2);
            resize(database, paused, "2026-11-28 17:00:00", "migration", 6, 6);
            resize(database, paused, "2026-11-28 17:00:00", "live-migration", 6, 6);
            assertThat(window(cell, AFTERNOON, 34).resized())
                    .as("neither an earlier resize nor a move changes a size since")
                    .isEmpty();
            SERVER.sql(database, "UPDATE instances SET task_state = 'resize_finish' WHERE id = 34");
            assertThat(window(cell, AFTERNOON, 34).resized())
                    .as("its flavor may be saved, its migration not yet")
                    .containsExactly(paused);
        }
        SERVER.sql(database, "UPDATE instances SET task_state = NULL; DROP TABLE migrations");
        try (NovaCell cell = opened(database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD)) {
            assertThat(window(cell, AFTERNOON, 34).resized())
                    .as("without the table nobody knows")
                    .containsExactly(paused);
        }
    }

    /** Nova dates the launch anew at the end of a resize, a rebuild and the like. */
    @Test
    void whatWasLaunchedAnewSince_isNotForgotten_andWhatWasBuiltLateIsNotSuspected() {
        String database = cell();
        Period early = new Period(Instant.parse("2026-11-28T15:27:00Z"), Instant.parse("2026-11-28T15:28:00Z"));
        String resized = "3eed50fc-4b53-47d6-8512-fb23d808b2a0";
        try (NovaCell cell = granted(database)) {
            assertThat(window(cell, early, 38).instances())
                    .extracting(CellInstance::uuid)
                    .doesNotContain(resized);
            assertThat(window(cell, early, 38).launchedAnew())
                    .as("as far as is known it was built late")
                    .isEmpty();
            SERVER.sql(
                    database,
                    "INSERT INTO instance_actions (action, instance_uuid) VALUES ('create', '" + resized
                            + "'), ('resize', '" + resized + "')");
            assertThat(window(cell, early, 38).launchedAnew())
                    .extracting(CellInstance::uuid)
                    .containsExactly(resized);
            Period before = new Period(Instant.parse("2026-11-28T15:26:00Z"), Instant.parse("2026-11-28T15:27:41Z"));
            assertThat(window(cell, before, 38).launchedAnew())
                    .as("it was made when that was over")
                    .isEmpty();
        }
    }

    @Test
    void timesAreOfUtc_whateverTheZoneOfTheServer() {
        String database = cell();
        try (NovaCell cell = granted(database)) {
            NovaCell.CellAnswer<List<CellInstance>> answer =
                    cell.readPrimary(view -> view.instance("12562b2b-19a1-414b-add8-654e33f5b427"));
            CellInstance instance = answer.value().getFirst();
            assertThat(instance.time("launched_at")).isEqualTo("2026-11-28T15:27:51Z");
            assertThat(instance.ended()).isEqualTo("2026-11-28T15:28:24Z");
            assertThat(instance.metadata()).containsOnlyKeys("owner", "metering.stack");
            assertThat(Duration.between(answer.complete(), WallClock.system().instant())
                            .abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void aClockThatDiffersIsNamed_andNothingIsTold() {
        String database = cell();
        StoreUrl.MariaDb url = new StoreUrl.MariaDb(
                "127.0.0.1",
                SERVER.port(),
                database,
                PrivateMariaDb.USER,
                PrivateMariaDb.PASSWORD,
                Map.of("sslMode", "disable"));
        for (int seconds : List.of(-600, 600)) {
            try (NovaCell cell = opened(url, Duration.ofSeconds(seconds))) {
                assertThatThrownBy(() -> cell.readPrimary(view -> view.window(AFTERNOON, 0)))
                        .hasMessageContaining(seconds < 0 ? " s ahead of ours" : " s behind ours");
                assertThat(cell.status().state()).isEqualTo("clock_differs");
            }
        }
        try (NovaCell cell = opened(url)) {
            SERVER.sql(database, "UPDATE services SET last_seen_up = utc_timestamp()");
            assertThat(status(cell).state()).isEqualTo("up");
            SERVER.sql(
                    database,
                    "UPDATE services SET last_seen_up = utc_timestamp() + INTERVAL 1 HOUR ORDER BY id LIMIT 2");
            assertThat(status(cell).state())
                    .as("two clocks that are ahead are not Nova's")
                    .isEqualTo("up");
            SERVER.sql(database, "UPDATE services SET last_seen_up = utc_timestamp() + INTERVAL 1 HOUR");
            assertThat(status(cell).state()).isEqualTo("clock_differs");
            assertThat(status(cell).trouble())
                    .extracting(CellTrouble::detail)
                    .asString()
                    .contains("ahead of the database's clock");
        }
    }

    /** Two hosts whose clocks are an hour ahead; the replica has not heard of anybody for ten minutes. */
    @Test
    void clocksThatAreAheadDoNotVouchForAReplica() {
        String database = cell();
        SERVER.sql(
                database,
                "UPDATE services SET last_seen_up = '2026-11-28 15:50:00'; UPDATE services SET last_seen_up ="
                        + " '2026-11-28 17:00:00' ORDER BY id LIMIT 2");
        List<Instant> beats = SERVER.sql(database, NovaCell.LANDMARKS.beats())
                .lines()
                .filter(line -> line.matches("[0-9]+"))
                .map(line -> Instant.EPOCH.plus(Long.parseLong(line), ChronoUnit.MICROS))
                .toList();
        assertThat(new Heartbeats(Duration.ZERO).watermark(beats)).contains(Instant.parse("2026-11-28T15:50:00Z"));
        SERVER.sql(database, "DELETE FROM services ORDER BY id DESC LIMIT 6");
        assertThat(SERVER.sql(database, NovaCell.LANDMARKS.beats())).contains("1795885200000000");
    }

    /** Nova is upgraded while it is read. */
    @Test
    void whatADatabaseHasIsLookedUpAnew_ifAColumnIsNotThereAnyMore() {
        String database = cell();
        try (NovaCell cell = opened(database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD)) {
            assertThat(status(cell).lacking()).isEmpty();
            SERVER.sql(database, "ALTER TABLE instances DROP access_ip_v4; DROP TABLE tags");
            assertThat(cell.readPrimary(view -> view.all(0, 100)).value()).hasSize(14);
            assertThat(status(cell).lacking())
                    .containsExactly("instances.access_ip_v4", "tags.resource_id", "tags.tag");
        }
    }

    @Test
    void aColumnThatCanBeDoneWithout_isNamed() {
        String database = cell();
        SERVER.sql(database, "ALTER TABLE instances DROP hidden; DROP TABLE tags");
        try (NovaCell cell = opened(database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD)) {
            assertThat(status(cell).lacking()).containsExactly("instances.hidden", "tags.resource_id", "tags.tag");
            assertThat(cell.readPrimary(view -> view.all(0, 100)).value()).hasSize(14);
        }
    }

    @Test
    void aColumnThatIsNeeded_orItsTable_orTheRightToReadIt_isMissed() {
        String database = cell();
        grant(database, "poor@'127.0.0.1'");
        try (NovaCell cell = opened(database, "poor", "word")) {
            SERVER.sql("", "REVOKE SELECT (vm_state) ON " + database + ".instances FROM poor@'127.0.0.1'");
            assertThat(status(cell).state()).isEqualTo("missing_grant");
            assertThat(status(cell).trouble())
                    .extracting(CellTrouble::detail)
                    .asString()
                    .contains("vm_state of instances", "cells grants");
            SERVER.sql("", "GRANT SELECT (vm_state) ON " + database + ".instances TO poor@'127.0.0.1'");
            assertThat(status(cell).state()).isEqualTo("up");
        }
        SERVER.sql(database, "ALTER TABLE instances DROP launched_at");
        try (NovaCell cell = opened(database, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD)) {
            assertThat(status(cell).state()).isEqualTo("missing_column");
            assertThat(status(cell).trouble())
                    .extracting(CellTrouble::detail)
                    .asString()
                    .contains("the table instances of this Nova has no launched_at");
        }
        SERVER.createDatabase("not_nova");
        try (NovaCell cell = opened("not_nova", PrivateMariaDb.USER, PrivateMariaDb.PASSWORD)) {
            assertThat(status(cell).state()).isEqualTo("wrong_schema");
        }
    }

    @Test
    void aServerThatRefuses_orIsAway_isToldApart() {
        String database = cell();
        try (NovaCell cell = opened(database, PrivateMariaDb.USER, "wrong")) {
            assertThat(status(cell).state()).isEqualTo("refused");
            assertThat(status(cell).trouble())
                    .extracting(CellTrouble::detail)
                    .asString()
                    .startsWith("28000 ")
                    .contains("Access denied for user '" + PrivateMariaDb.USER + "'");
        }
        try (NovaCell cell = opened(new StoreUrl.MariaDb("127.0.0.1", 1, database, "reader", "word", Map.of()))) {
            assertThat(status(cell).state()).isEqualTo("unreachable");
        }
    }
}
