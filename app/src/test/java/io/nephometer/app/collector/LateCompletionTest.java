// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static io.nephometer.app.collector.MeasuredHost.NOW;
import static io.nephometer.app.collector.MeasuredHost.SLOT;
import static io.nephometer.app.collector.MeasuredHost.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.late.Found;
import io.nephometer.pipeline.batch.BatchCompanion;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingMessage;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.PendingSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that were committed before anybody knew what they are of. */
class LateCompletionTest {
    @TempDir
    private Path folder;

    private MeasuredHost host;

    @BeforeEach
    void open() throws Exception {
        host = new MeasuredHost(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whatNobodyKnowsYetIsCommittedAtOnceAndCompletedLater() throws Exception {
        List<PollingMessage> full = host.full();
        try (Ledger one = host.ledger("full.db");
                Ledger other = host.ledger("bare.db")) {
            host.commit(one, full, BatchCompanion.NONE);
            host.commit(other, host.bare(), host.join());
            assertThat(host.fates()).containsOnlyKeys(LateJoin.Fate.PENDING);
            List<String> before = rows(other);
            assertThat(before).hasSameSizeAs(rows(one)).isNotEqualTo(rows(one));
            PendingSamples first = other.pending().list(0, 1, false).getFirst();
            assertThat(first.asOf()).isEqualTo(NOW);

            LateCompletion completion = host.completion(other, Duration.ofHours(1));
            completion.run();
            assertThat(other.pending().count().open()).isPositive();
            host.fillCache();
            completion.run();
            assertThat(other.pending().count()).isEqualTo(new PendingSamples.Count(0, 0, null));
            assertThat(rows(other)).containsExactlyInAnyOrderElementsOf(rows(one));
        }
    }

    @Test
    void aCacheThatDoesNotAnswerIsAskedOnceInARun() throws Exception {
        host.full();
        AtomicInteger asked = new AtomicInteger();
        try (Ledger ledger = host.ledger("bare.db")) {
            for (int slot = 0; ledger.pending().count().open() <= 500; slot++) {
                host.commit(
                        ledger,
                        host.bare(EnvelopeOptions.defaults(), SLOT.minus(Duration.ofMinutes(5L * slot))),
                        host.join());
            }
            host.completion(ledger, Duration.ofHours(1), counter(asked, _ -> Optional.empty()))
                    .run();
            assertThat(asked).hasValue(1);

            host.fillCache();
            asked.set(0);
            host.completion(ledger, Duration.ofHours(1), counter(asked, host::lookup))
                    .run();
            assertThat(asked).as("the instances are the same on each page").hasValue(1);
            assertThat(ledger.pending().count().open()).isZero();
        }
    }

    private static Function<Collection<String>, Optional<Map<String, Found>>> counter(
            AtomicInteger asked, Function<Collection<String>, Optional<Map<String, Found>>> lookup) {
        return ids -> {
            asked.incrementAndGet();
            return lookup.apply(ids);
        };
    }

    @Test
    void whatAnotherCollectorCompletesIsNotCountedHere() throws Exception {
        host.full();
        try (Ledger ledger = host.ledger("bare.db")) {
            host.commit(ledger, host.bare(), host.join());
            host.fillCache();
            LateCompletion other = host.completion(ledger, Duration.ofHours(1));
            host.completion(ledger, Duration.ofHours(1), ids -> {
                        other.run();
                        return host.lookup(ids);
                    })
                    .run();
            assertThat(ledger.pending().count().open()).isZero();
            assertThat(host.counted("nephometer.late.completed"))
                    .isEqualTo(
                            host.fates().getOrDefault(LateJoin.Fate.PENDING, 0).doubleValue());
        }
    }

    @Test
    void whatComesAfterRowsThatWereGivenUpIsCompleted() throws Exception {
        host.full();
        try (Ledger ledger = host.ledger("bare.db")) {
            host.commit(ledger, host.bare(), host.join());
            LateCompletion completion = host.completion(ledger, Duration.ofSeconds(30));
            completion.run();
            long givenUp = ledger.pending().count().givenUp();
            host.commit(ledger, host.bare(EnvelopeOptions.defaults(), SLOT.minus(Duration.ofMinutes(5))), host.join());
            host.fillCache();
            completion.run();
            assertThat(ledger.pending().count()).isEqualTo(new PendingSamples.Count(0, givenUp, null));
        }
    }

    @Test
    void whatNobodyEverKnowsIsGivenUpAndStays() throws Exception {
        try (Ledger ledger = host.ledger("bare.db")) {
            host.commit(ledger, host.bare(), host.join());
            List<String> before = rows(ledger);
            host.completion(ledger, Duration.ofSeconds(30)).run();
            assertThat(ledger.pending().count().open()).isZero();
            assertThat(ledger.pending().count().givenUp()).isPositive();
            assertThat(rows(ledger)).isEqualTo(before);
        }
    }
}
