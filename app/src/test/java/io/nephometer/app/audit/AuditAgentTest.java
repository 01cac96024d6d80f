// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditResult;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.Auditor;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.Ticks;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several tasks of one process. */
class AuditAgentTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:30Z");

    @TempDir
    Path folder;

    /** A round asks once what became otherwise. The second round of a task begins when the first has been told. */
    private final CountDownLatch begun = new CountDownLatch(2);

    private final class CountedBook extends EmptyBook {
        CountedBook() {
            super(() -> NOW);
        }

        @Override
        public Changes changes(String task, Instant since, Instant after) {
            begun.countDown();
            return super.changes(task, since, after);
        }
    }

    private record Cloud(boolean isAway) implements Inventory {
        @Override
        public Place place(Instant needed) throws AuditException {
            if (isAway) {
                throw new AuditException("the cell database two is away", null);
            }
            return new Place("primary", NOW.minus(Duration.ofMinutes(10)), NOW);
        }

        @Override
        public Window window(Period period, int share, Instant needed) throws AuditException {
            return new Window(place(needed), List.of());
        }
    }

    private AuditRounds rounds(String task, boolean isAway) {
        Auditor auditor = new Auditor() {
            @Override
            public String task() {
                return task;
            }

            @Override
            public AuditKey key(Period period, int share) {
                return new AuditKey(task, "hosts/" + share, period);
            }

            @Override
            public AuditResult run(Period period, int share) {
                return new AuditResult.Taken();
            }

            @Override
            public boolean inOrder() {
                return false;
            }
        };
        AuditOptions options = new AuditOptions(
                new Ticks(Duration.ofMinutes(1)), Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(2));
        return new AuditRounds(options, new Cloud(isAway), new CountedBook(), auditor, AuditObserver.NONE);
    }

    @Test
    void aTaskThatBreaksOffKeepsNoOtherFromItsTurn_andIsNamed() throws Exception {
        StoreUrl url = new StoreUrl.Sqlite(folder.resolve("ledger.db"));
        try (Metrics metrics = new Metrics();
                Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system())) {
            AuditAgent agent = new AuditAgent(
                    "audit-1",
                    new InProcessCoordinator(Duration.ofSeconds(10), Ticker.system()),
                    List.of(rounds("first", true), rounds("second", false)),
                    () -> Optional.of(ledger),
                    Duration.ofMillis(100),
                    new Surroundings(
                            "audit-1", metrics.registry(), new HealthRegistry(), WallClock.system(), Ticker.system()));
            agent.start();
            try {
                assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(agent.health()).isInstanceOfSatisfying(Health.Degraded.class, now -> assertThat(now.detail())
                        .contains("first: the cell database two is away; it is tried again"));
            } finally {
                agent.close();
            }
        }
    }
}
