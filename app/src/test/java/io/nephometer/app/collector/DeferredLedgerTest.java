// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.CommitStep;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferredLedgerTest {
    private static final LedgerBatch EMPTY = new LedgerBatch("test", List.of());

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong();

    @Test
    void aDatabaseThatCannotBeReached_isUnavailable_andOpenedWhenItCan() {
        AtomicBoolean reachable = new AtomicBoolean();
        try (DeferredLedger ledger = new DeferredLedger(
                () -> {
                    if (!reachable.get()) {
                        throw new LedgerException(LedgerException.Kind.UNREACHABLE, "nobody listens");
                    }
                    return open(CommitProbe.NONE);
                },
                now::get)) {
            ledger.start();
            assertThat(ledger.isAvailable()).isFalse();
            assertThat(ledger.commit(EMPTY)).isEqualTo(new CommitOutcome.Unavailable("nobody listens"));
            assertThat(ledger.health()).isEqualTo(new Health.Down("nobody listens"));

            reachable.set(true);

            assertThat(ledger.isAvailable()).isTrue();
            assertThat(ledger.commit(EMPTY)).isInstanceOf(CommitOutcome.Committed.class);
            assertThat(ledger.health()).isInstanceOf(Health.Up.class);
        }
    }

    @Test
    void whoCommittedBefore_isKnownSinceTheOpening_andNotChangedByCommits() {
        try (DeferredLedger away = new DeferredLedger(
                () -> {
                    throw new LedgerException(LedgerException.Kind.UNREACHABLE, "nobody listens");
                },
                now::get)) {
            assertThat(away.knewAtOpening("test")).isEmpty();
        }
        try (DeferredLedger first = new DeferredLedger(() -> open(CommitProbe.NONE), now::get)) {
            first.commit(EMPTY);
            assertThat(first.knewAtOpening("test")).contains(false);
        }
        try (DeferredLedger second = new DeferredLedger(() -> open(CommitProbe.NONE), now::get)) {
            assertThat(second.knewAtOpening("test")).contains(true);
            assertThat(second.knewAtOpening("other")).contains(false);
        }
    }

    @Test
    void aLedgerThatWaitingCannotMend_endsTheStart() {
        try (DeferredLedger ledger = new DeferredLedger(
                () -> {
                    throw new LedgerException(LedgerException.Kind.SCHEMA_NEWER, "made by a newer version");
                },
                now::get)) {
            assertThatThrownBy(ledger::start).hasMessageContaining("newer version");
        }
    }

    @Test
    void aCommitThatHangs_isToldWhileItHangs() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CommitProbe hang = new CommitProbe() {
            @Override
            public void before(CommitStep step) {
                if (step == CommitStep.BEGIN) {
                    hanging.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }

            @Override
            public void after(CommitStep step) {}
        };
        try (DeferredLedger ledger = new DeferredLedger(() -> open(hang), now::get)) {
            ledger.start();
            Thread committing = Thread.ofPlatform().start(() -> ledger.commit(EMPTY));
            hanging.await();
            assertThat(ledger.health()).isInstanceOf(Health.Up.class);

            now.addAndGet(Duration.ofSeconds(11).toNanos());

            assertThat(ledger.health())
                    .isInstanceOfSatisfying(Health.Degraded.class, health -> assertThat(health.detail())
                            .contains("11 s"));
            release.countDown();
            committing.join();
            assertThat(ledger.health()).isInstanceOf(Health.Up.class);
        }
    }

    private Ledger open(CommitProbe probe) {
        return Ledgers.open(
                new StoreUrl.Sqlite(folder.resolve("ledger.db")),
                LedgerOptions.DEFAULTS.withProbe(probe),
                WallClock.system());
    }
}
