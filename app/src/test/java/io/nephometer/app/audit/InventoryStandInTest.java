// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.inventory.shared.refresh.ReadingWitness.Window;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nova is read for the inventory by itself only where the inventory stands still, and by one process. */
class InventoryStandInTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Ticker ticker = () -> Duration.between(START, now()).toNanos();
    private Instant now = START;
    private Ledger ledger;
    private InventoryStandIn standIn;

    @BeforeEach
    void open() {
        ledger = Ledgers.open(
                StoreUrl.parse("sqlite:" + folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, () -> now);
        standIn = standIn();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Instant now() {
        return now;
    }

    private InventoryStandIn standIn() {
        return new InventoryStandIn(feed(() -> Optional.of(ledger)), PATIENCE, Duration.ofMinutes(1), ticker);
    }

    private InventoryFeed feed(Supplier<Optional<Ledger>> ledgers) {
        return new InventoryFeed(ledgers, Duration.ofDays(1), PATIENCE, () -> now, ticker, new SimpleMeterRegistry());
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void nobodyHasReadYet_itIsLeftToTheRefresherForAWhile() {
        assertThat(standIn.leads("one")).isFalse();
        later(PATIENCE);
        assertThat(standIn.leads("one")).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(standIn.leads("one")).isTrue();
        assertThat(standIn.leads("two")).isFalse();
    }

    @Test
    void aMarkThatMovesIsSomebodyElses_oneThatStandsStillIsOurs() {
        ledger.inventoryDesk().complete(InventoryFeed.SOURCE, now.minusSeconds(1), now);
        later(PATIENCE);
        assertThat(standIn.leads("one")).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(standIn.leads("one")).isTrue();
        assertThat(standIn.leads("two")).isFalse();
        ledger.inventoryDesk().complete(InventoryFeed.SOURCE, START, now);
        assertThat(standIn.leads("one")).isFalse();
    }

    @Test
    void whoReadsNowAndThenSaysUpToWhen() {
        later(PATIENCE.plusSeconds(1));
        assertThat(standIn.leads("one")).isTrue();
        standIn.feed().wish();
        standIn.feed().complete(new Window(START, now, true, Duration.ZERO, Duration.ZERO));
        standIn.feed().toldAll(START);
        standIn.feed().complete(new Window(START, now, true, Duration.ZERO, Duration.ZERO));
        assertThat(standIn.leads("one")).as("nothing is due").isFalse();
        assertThat(standIn.feed().health().detail()).startsWith("complete up to ");
    }

    /** That no reading is due to it is no reason to be well. */
    @Test
    void withoutALedgerNobodyReads_andItIsSaid() {
        InventoryFeed feed = feed(Optional::empty);
        InventoryStandIn blind = new InventoryStandIn(feed, Duration.ZERO, PATIENCE, () -> Long.MAX_VALUE);
        assertThat(blind.leads("one")).isFalse();
        assertThat(feed.health()).isInstanceOf(Health.Degraded.class);
        assertThat(feed.health().detail()).contains("unreachable: the ledger cannot be reached");
    }

    @Test
    void aLedgerThatFailsIsTold_untilAnotherProcessReads() {
        boolean[] fails = {true};
        InventoryFeed feed = feed(() -> {
            if (fails[0]) {
                throw new LedgerException(LedgerException.Kind.UNREACHABLE, "the disk is full");
            }
            return Optional.of(ledger);
        });
        for (int minute = 0; minute < 60; minute++) {
            assertThat(feed.leads("one", PATIENCE)).isFalse();
            assertThat(feed.health().detail()).contains("the disk is full");
            later(Duration.ofMinutes(1));
        }
        fails[0] = false;
        assertThat(feed.leads("two", PATIENCE)).isTrue();
        assertThat(feed.leads("one", PATIENCE)).isFalse();
        assertThat(feed.health()).isInstanceOf(Health.Up.class);
        assertThat(feed.health().detail()).isEqualTo("this process does not read");
    }
}
