// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database with a clock of its own, and processes that have theirs. */
abstract class ClockContract {
    private final InstantSource wall = WallClock.system();

    abstract String newDatabase();

    /** A ledger for a process whose clock is ahead of the database's by so much. */
    private Ledger ahead(Duration by) {
        return Ledgers.open(StoreUrl.parse(newDatabase()), LedgerOptions.DEFAULTS, () -> wall.instant()
                .plus(by));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "PT-5M", "P1D"})
    void whichPeriodsAreOverIsNotSaidWhileClocksDisagree(Duration by) {
        try (Ledger ledger = ahead(by)) {
            assertThatThrownBy(() -> ledger.audits().agreed())
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("which periods are over is not known while they are more than 1m apart");
            assertThat(ledger.audits().now()).isCloseTo(wall.instant(), within(30, ChronoUnit.SECONDS));
        }
    }

    @Test
    void theDatabasesClockCountsWhereTheyAgree() {
        try (Ledger ledger = ahead(Duration.ofSeconds(20))) {
            assertThat(ledger.audits().agreed()).isCloseTo(wall.instant(), within(10, ChronoUnit.SECONDS));
        }
    }
}
