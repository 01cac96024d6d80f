// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Failure;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final RetentionPolicy MONTH = new RetentionPolicy(null, null, Duration.ofDays(30));

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T00:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void whatIsTooOld_isRemovedABoundedNumberAtATime_andCounted() {
        try (Ledger ledger = open()) {
            commitUnreadable(ledger, 5);
            Retention retention = new Retention(MONTH, () -> Optional.of(ledger), registry);

            retention.run(3);
            assertThat(waiting(ledger)).isEqualTo(5);

            now.updateAndGet(time -> time.plus(Duration.ofDays(31)));
            retention.run(3);
            assertThat(waiting(ledger)).isEqualTo(2);
            assertThat(removed()).isEqualTo(3);
            assertThat(registry.counter("nephometer.retention.bounded").count()).isEqualTo(1);

            retention.run(3);
            assertThat(waiting(ledger)).isZero();
            assertThat(removed()).isEqualTo(5);
        }
    }

    @Test
    void withoutALedger_nothingHappens() {
        new Retention(MONTH, Optional::empty, registry).run(10);
        assertThat(removed()).isZero();
    }

    @Test
    void unlessSomethingIsLimited_nothingIsEverRemoved() {
        assertThat(new Retention(MONTH, Optional::empty, registry).isLimited()).isTrue();
        assertThat(new Retention(RetentionPolicy.FOREVER, Optional::empty, registry).isLimited())
                .isFalse();
    }

    private Ledger open() {
        return Ledgers.open(new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, now::get);
    }

    private static void commitUnreadable(Ledger ledger, int count) {
        List<Processed> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Bytes body = Bytes.utf8("broken " + i);
            messages.add(new Processed.Unprocessable(
                    RawMessage.ofBody(body),
                    null,
                    BodyHash.of(body.toArray()),
                    new Failure(Failure.Step.DECODE, Failure.Kind.NOT_JSON, "broken")));
        }
        assertThat(ledger.commit(new LedgerBatch("test", messages))).isInstanceOf(CommitOutcome.Committed.class);
    }

    private static int waiting(Ledger ledger) {
        List<String> ids = new ArrayList<>();
        ledger.recovery().entries(RecoveryFilter.OPEN, entry -> ids.add(entry.id()));
        return ids.size();
    }

    private double removed() {
        return registry.counter("nephometer.retention.removed", "rows", "recovery_open")
                .count();
    }
}
