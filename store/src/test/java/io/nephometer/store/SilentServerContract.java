// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.RosterDesk.Roster;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of questions while a server takes connections and says nothing, as one does whose packets are dropped. */
abstract class SilentServerContract {
    private static final int READERS = 2;
    /** Long after all that is configured; who waits for more waits for ever. */
    private static final long FOR_EVER_S = 60;

    private static final LedgerOptions OPTIONS = new LedgerOptions(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            2,
            READERS,
            10_000,
            CommitProbe.NONE);
    private static final Roster ROSTER = new Roster(Instant.parse("2026-11-28T12:00:00Z"), "content");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private LedgerFixture fixture;

    abstract StoreUrl newDatabase();

    abstract void freeze();

    abstract void thaw();

    @BeforeEach
    void open() {
        TestClock clock = new TestClock();
        fixture = new LedgerFixture(Ledgers.open(newDatabase(), OPTIONS, clock), clock);
        fixture.commit(converted(1));
        fixture.ledger().rosters().put("volumes", ROSTER);
    }

    @AfterEach
    void close() {
        thaw();
        threads.shutdownNow();
        fixture.close();
    }

    private Instant now() {
        return fixture.ledger().epochs().now();
    }

    private Roster roster() {
        return Objects.requireNonNull(fixture.ledger().rosters().newest("volumes"));
    }

    private void assertGivenUp(Callable<?> question) {
        Future<?> asked = threads.submit(question);
        assertThatThrownBy(() -> asked.get(FOR_EVER_S, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LedgerException.class);
    }

    @Test
    void looksAreGivenUp_andAnsweredOnceTheServerGoesOn() {
        assertThat(roster()).isEqualTo(ROSTER);
        Instant before = now();
        freeze();

        assertGivenUp(this::now); // by the connection that there is
        assertGivenUp(this::now); // by a new one
        assertGivenUp(this::roster);
        thaw();

        assertThat(now()).isAfterOrEqualTo(before);
        assertThat(roster()).isEqualTo(ROSTER);
    }

    @Test
    void readsAreGivenUp_andAnsweredOnceTheServerGoesOn() {
        assertThat(fixture.events()).hasSize(1);
        freeze();

        for (int i = 0; i <= READERS; i++) {
            assertGivenUp(fixture::events);
        }
        thaw();

        assertThat(fixture.events()).hasSize(1);
    }

    /** As four audits that take their time. */
    @Test
    void looksDoNotWaitForReads() throws Exception {
        CountDownLatch reading = new CountDownLatch(READERS);
        CountDownLatch read = new CountDownLatch(1);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(() -> fixture.ledger().reader().events(LedgerQuery.ALL, event -> {
                reading.countDown();
                await(read);
            })));
        }
        await(reading);
        assertGivenUp(fixture::events);

        assertThat(threads.submit(this::now).get(FOR_EVER_S, TimeUnit.SECONDS)).isNotNull();
        assertThat(threads.submit(this::roster).get(FOR_EVER_S, TimeUnit.SECONDS))
                .isEqualTo(ROSTER);
        read.countDown();
        for (Future<?> reader : readers) {
            reader.get(FOR_EVER_S, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(FOR_EVER_S, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
