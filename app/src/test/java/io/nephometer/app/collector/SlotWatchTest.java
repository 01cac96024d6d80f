// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import static io.nephometer.testkit.ledger.Messages.SLOT;
import static io.nephometer.testkit.ledger.Messages.id;
import static io.nephometer.testkit.ledger.Messages.measured;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Incarnation;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.runtime.Health;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotWatchTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(SLOT.end());
    private int messages;

    @TempDir
    private Path folder;

    @Test
    void twoAgentsOfOneName_areCountedAndNamed_untilOneIsGone() {
        try (Ledger ledger =
                Ledgers.open(new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, now::get)) {
            SlotWatch watch = new SlotWatch(
                    () -> Optional.of(ledger),
                    () -> Optional.of(ledger.slots().newest()),
                    Duration.ofDays(7),
                    registry);
            deliver(ledger, SLOT, "first", SLOT.start().minusSeconds(60));
            watch.look();
            assertThat(watch.health()).isInstanceOf(Health.Up.class);

            deliver(ledger, SLOT, "second", SLOT.start());
            deliver(ledger, SLOT.next(), "first", SLOT.start().minusSeconds(60));
            watch.look();

            assertThat(registry.get("nephometer.slots.clashes").gauge().value()).isEqualTo(1);
            assertThat(watch.health()).isInstanceOf(Health.Degraded.class);
            assertThat(watch.health().detail()).contains("cmp1").contains("compute.host");

            now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
            watch.look();
            assertThat(registry.get("nephometer.slots.clashes").gauge().value()).isZero();
            assertThat(watch.health()).isInstanceOf(Health.Up.class);
        }
    }

    private void deliver(Ledger ledger, Slot slot, String run, Instant began) {
        SlotPart part = new SlotPart(slot, "cmp1", slot.start().plusSeconds(1), 1, 1, List.of())
                .by(new Incarnation(run, began, Set.of(Incarnation.Polled.of(slot))));
        assertThat(ledger.commit(new LedgerBatch("test", List.of(measured(id(++messages), part, List.of())))))
                .isInstanceOf(CommitOutcome.Committed.class);
    }
}
