// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger's clock is set back while the inventory goes on. */
class SteppedClockTest {
    private static final String SOURCE = "nova";
    private static final Instant MARK = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant BEGUN = MARK.minus(Duration.ofDays(35));

    @TempDir
    private Path folder;

    private Instant now = MARK.plusSeconds(1);

    private Ledger open() {
        return Ledgers.open(StoreUrl.parse("sqlite:" + folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, () -> now);
    }

    @BeforeEach
    void begin() {
        try (Ledger ledger = open()) {
            assertThat(ledger.inventoryDesk().complete(SOURCE, BEGUN, MARK)).isTrue();
        }
    }

    private static Mark mark(Ledger ledger) {
        Optional<Mark> mark = ledger.inventory().mark(SOURCE);
        return mark.orElseThrow();
    }

    /** As a reader goes on that knows the mark: from four minutes before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 90, 239, 300, 86_400})
    void theInventoryKeepsItsBeginning(int seconds) {
        now = MARK.minusSeconds(seconds);
        try (Ledger ledger = open()) {
            assertThat(mark(ledger).until()).as("known up to now").isEqualTo(now);
            boolean _ = ledger.inventoryDesk().complete(SOURCE, MARK.minusSeconds(240), MARK.plusSeconds(5));
            assertThat(mark(ledger).from()).isEqualTo(BEGUN);
            assertThat(mark(ledger).until()).isEqualTo(now);
            now = MARK.plusSeconds(60);
            assertThat(mark(ledger).until()).isEqualTo(MARK);
            assertThat(ledger.inventoryDesk().complete(SOURCE, MARK.minusSeconds(240), MARK.plusSeconds(60)))
                    .isTrue();
            assertThat(mark(ledger)).isEqualTo(new Mark(SOURCE, BEGUN, MARK.plusSeconds(60), now, null));
        }
    }

    @Test
    void whatIsKnownBeginsNoLaterThanNow() {
        now = BEGUN.minusSeconds(60);
        try (Ledger ledger = open()) {
            assertThat(mark(ledger).until()).isEqualTo(BEGUN);
        }
    }
}
