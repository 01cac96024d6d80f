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
import java.util.concurrent.atomic.AtomicInteger;
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
    private final LedgerReach reach = new LedgerReach(Ticker.system(), NEVER, NEVER, NEVER);

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
        return look(isOpen, OFTEN);
    }

    private LedgerLook look(BooleanSupplier isOpen, Duration every) {
        Ticker ticker = Ticker.system();
        LedgerClock clock = new LedgerClock(WallClock.system(), ticker);
        return new LedgerLook(
                () -> isOpen.getAsBoolean() ? Optional.of(ledger) : Optional.empty(),
                clock,
                ticker,
                every,
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

    /** Its patience would last for an hour. What opens the ledger is left alone. */
    @Test
    void aLookThatHangs_isGivenUp_andTheNextOneCounts() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        try (LedgerLook look = look(() -> opened.incrementAndGet() > 0 && isOver(hangs))) {
            look.start();
            awaitAway();
            assertThat(answered).isEmpty();
            assertThat(opened).hasValue(1);

            hangs.countDown();

            assertThat(answered.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aDoubt_isLookedAtAtOnce() throws Exception {
        try (LedgerLook look = look(() -> true, NEVER)) {
            look.start();
            assertThat(answered.poll(30, TimeUnit.SECONDS)).isNotNull();

            reach.signs().late();

            assertThat(answered.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static boolean isOver(CountDownLatch hangs) {
        try {
            hangs.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
