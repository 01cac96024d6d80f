// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.central.RostersException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.RosterDesk;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What members know of one another's listings, while the ledger answers and while it does not. */
class LedgerRostersTest {
    private static final String TENANTS = "tenant";
    private static final Instant SLOT = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant NEXT = SLOT.plusSeconds(60);
    private static final Instant NOW = NEXT.plusSeconds(30);

    @TempDir
    private Path folder;

    private Ledger ledger;
    private boolean away;
    private final LedgerRosters mine = new LedgerRosters(this::open, () -> NOW, Ticker.system());
    private final LedgerRosters others =
            new LedgerRosters(() -> Optional.of(LedgerDesks.of(ledger)), () -> NOW, Ticker.system());

    private Optional<LedgerDesks> open() {
        return away ? Optional.empty() : Optional.of(LedgerDesks.of(ledger));
    }

    @BeforeEach
    void openLedger() throws Exception {
        ledger = Ledgers.open(new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, () -> NOW);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static String list(int resource) {
        return "{\"began\":0,\"resources\":[{\"id\":\"" + resource + "\"}]}";
    }

    @Test
    void eachMemberSeesWhatAnotherListed_andTheLaterSlotCounts() throws Exception {
        assertThat(mine.newest(TENANTS)).isNull();

        others.put(TENANTS, SLOT, list(1));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(1));
        others.put(TENANTS, NEXT, list(2));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(2));
        mine.put(TENANTS, SLOT, list(0));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(2));
        assertThat(others.newest(TENANTS)).isEqualTo(list(2));
    }

    /** Each of 64 partitions asks in each slot. */
    @Test
    void whatIsKnownIsNotFetchedAgain() throws Exception {
        others.put(TENANTS, SLOT, list(1));

        String first = mine.newest(TENANTS);

        assertThat(mine.newest(TENANTS)).isSameAs(first);
    }

    @Test
    void whileTheLedgerIsAway_whatIsKnownCounts_andWhatWasListedMeanwhile() throws Exception {
        others.put(TENANTS, SLOT, list(1));
        mine.newest(TENANTS);
        away = true;
        assertThat(mine.newest(TENANTS)).isEqualTo(list(1));

        mine.put(TENANTS, NEXT, list(2));

        assertThat(mine.newest(TENANTS)).isEqualTo(list(2));
        assertThat(others.newest(TENANTS)).isEqualTo(list(1));
        assertThatThrownBy(() -> mine.newest("domain"))
                .isInstanceOf(RostersException.class)
                .hasMessageContaining("cannot be reached");
    }

    /** Neither a hole in the table nor in the file may cost 64 partitions their slots. */
    @Test
    void whileWhatTheLedgerHasIsDamaged_whatIsKnownCounts() throws Exception {
        LedgerDesks damaged = new LedgerDesks(ledger.epochs(), new RosterDesk() {
            @Override
            public void put(String name, Roster roster) {}

            @Override
            public Roster newest(String name) {
                throw new IllegalStateException("not deflated");
            }

            @Override
            public Roster newerThan(String name, Instant slotStart) {
                return newest(name);
            }
        });
        LedgerRosters reading = new LedgerRosters(() -> Optional.of(damaged), () -> NOW, Ticker.system());
        assertThatThrownBy(() -> reading.newest(TENANTS))
                .isInstanceOf(RostersException.class)
                .hasMessageContaining("cannot be read");

        reading.put(TENANTS, SLOT, list(1));

        assertThat(reading.newest(TENANTS)).isEqualTo(list(1));
    }

    /** It would count for as long as nothing later is listed, and hide what can be read. */
    @Test
    void whatIsNoRoster_isNotTakenForOne() throws Exception {
        others.put(TENANTS, SLOT, list(1));
        mine.newest(TENANTS);
        ledger.rosters().put(TENANTS, new RosterDesk.Roster(NEXT, "{\"began\":"));

        assertThat(mine.newest(TENANTS)).isEqualTo(list(1));
        assertThat(mine.health())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("roster_damaged", TENANTS));
        away = true;
        assertThat(mine.newest(TENANTS)).isEqualTo(list(1));
        away = false;
        others.put(TENANTS, NEXT, list(2));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(2));
        assertThat(mine.health()).isInstanceOf(Health.Up.class);
    }

    @Test
    void aRosterAheadOfTime_isTold_andGivesWay() throws Exception {
        Instant ahead = NOW.plus(Duration.ofDays(1));
        others.put(TENANTS, ahead, list(9));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(9));
        assertThat(mine.health())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("roster_ahead", ahead.toString()));

        others.put(TENANTS, SLOT, list(1));

        assertThat(others.newest(TENANTS)).isEqualTo(list(1));
        assertThat(mine.newest(TENANTS)).isEqualTo(list(1));
        assertThat(mine.health()).isInstanceOf(Health.Up.class);
        mine.put(TENANTS, NEXT, list(2));
        assertThat(others.newest(TENANTS)).isEqualTo(list(2));
    }

    /** One list that is damaged and one that is not are read in turns by many partitions: what is said of it is said once. */
    @Test
    void aDamagedListBesideOneThatIsNot_isOneTrouble_untilItIsListedAnew() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(LedgerRosters.class);
        Level before = log.getLevel();
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
        try {
            others.put("domain", SLOT, list(7));
            ledger.rosters().put(TENANTS, new RosterDesk.Roster(SLOT, "{\"began\":"));
            for (int partition = 0; partition < 5; partition++) {
                assertThatThrownBy(() -> mine.newest(TENANTS)).isInstanceOf(RostersException.class);
                assertThat(mine.newest("domain")).isEqualTo(list(7));
                assertThat(mine.health()).isInstanceOf(Health.Degraded.class);
            }
            assertThat(lines.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                    .contains("roster_damaged", TENANTS));

            others.put(TENANTS, NEXT, list(2));
            mine.newest(TENANTS);
            mine.newest("domain");

            assertThat(lines.list).hasSize(2);
            assertThat(lines.list.getLast().getFormattedMessage()).contains("can be read");
            assertThat(mine.health()).isInstanceOf(Health.Up.class);
        } finally {
            log.detachAppender(lines);
            log.setLevel(before);
        }
    }
}
