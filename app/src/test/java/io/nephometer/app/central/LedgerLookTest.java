// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a look at the ledger, on real threads. */
@Timeout(60)
class LedgerLookTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Ledger ledger;
    private final BlockingQueue<Duration> answered = new LinkedBlockingQueue<>();
    private final LedgerReach reach = new LedgerReach(Ticker.system(), NEVER, NEVER);

    @BeforeEach
    void openLedger() {
        ledger = Ledgers.open(
                new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, WallClock.system());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private LedgerLook look(BooleanSupplier isOpen) {
        Ticker ticker = Ticker.system();
        LedgerClock clock = new LedgerClock(WallClock.system(), ticker);
        return new LedgerLook(
                () -> isOpen.getAsBoolean() ? Optional.of(ledger) : Optional.empty(),
                clock,
                ticker,
                OFTEN,
                reach,
                answered::add);
    }

    private boolean isAway() {
        return reach.of(() -> Optional.of(ledger)).get().isEmpty();
    }

    private void awaitAway() {
        while (!isAway()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLookThatBreaksOff_leavesNobodyWaiting_andTheNextOneCounts() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (LedgerLook look = look(() -> {
            if (broken.get()) {
                throw new IllegalStateException("as a test");
            }
            return true;
        })) {
            look.start();
            awaitAway();
            assertThat(answered).isEmpty();

            broken.set(false);

            assertThat(answered.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Its patience would last for an hour. */
    @Test
    void aLookThatHangs_isGivenUp_andTheNextOneCounts() throws Exception {
        AtomicBoolean hangs = new AtomicBoolean(true);
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        try (LedgerLook look = look(() -> !hangs.get() || hang(interrupted))) {
            look.start();
            assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isTrue();
            awaitAway();
            assertThat(answered).isEmpty();

            hangs.set(false);

            assertThat(answered.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static boolean hang(BlockingQueue<Boolean> interrupted) {
        try {
            new CountDownLatch(1).await();
            return true;
        } catch (InterruptedException e) {
            interrupted.add(true);
            return false;
        }
    }
}
