// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.coordination.Registration;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.spool.SpoolOptions;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a member is at when it is stopped. */
@Timeout(120)
class CentralStopTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final WorkUnit VOLUMES = new WorkUnit("central", Duration.ofHours(1), "volumes");
    private static final Meter SIZE = new Meter("volume.size", MeterType.GAUGE, "GiB");

    @TempDir
    Path folder;

    private final InProcessCoordinator members = new InProcessCoordinator(LEASE, Ticker.system());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<SlotRecord> slots = new ArrayList<>();

    private SlotMeasurements measure(WorkUnit unit, Slot slot) throws InterruptedException {
        MeasuringTime now =
                new MeasuringTime(WallClock.system().instant(), Ticker.system().nanos());
        begun.countDown();
        answered.await();
        Sample sample = new Sample(new Sample.Origin.Slotted(slot), SIZE, 5L, "v", "p", "u", slot.start(), Map.of());
        return new SlotMeasurements(slot, unit.name(), now, null, List.of(sample), List.of());
    }

    private CentralPolling polling(DeferredLedger ledger, Metrics metrics) {
        LedgerClock clock = new LedgerClock(WallClock.system(), Ticker.system());
        return new CentralPolling(
                new CentralPolling.Parts(
                        "central-1",
                        members,
                        List.of(VOLUMES),
                        "plan",
                        this::measure,
                        clock,
                        ledger::ledger,
                        CentralPolling.reach(Ticker.system(), LEASE),
                        ledger,
                        new NotificationProcessor(
                                new NotificationDecoder(8 << 20, TimeWindow.unlimited(WallClock.system())),
                                () -> Definitions.shipped(DefinitionOptions.DEFAULTS),
                                dropped -> {}),
                        SpoolOptions.in(folder.resolve("spool")),
                        new DutyOptions(8, 0, Duration.ofMillis(100), Duration.ofMillis(500))),
                new Surroundings(
                        "central-1", metrics.registry(), new HealthRegistry(), WallClock.system(), Ticker.system()));
    }

    private static FutureTask<Boolean> ending(CentralPolling polling) {
        return new FutureTask<>(() -> {
            polling.close();
            return true;
        });
    }

    @Test
    void isHandedOverBeforeItLeaves_soThatItsSuccessorLetsItEnd() throws Exception {
        StoreUrl url = new StoreUrl.Sqlite(folder.resolve("ledger.db"));
        CountDownLatch apart = new CountDownLatch(1);
        try (Metrics metrics = new Metrics();
                DeferredLedger ledger = new DeferredLedger(
                        () -> Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system()), Ticker.system());
                CentralPolling polling = polling(ledger, metrics)) {
            polling.start();
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            FutureTask<Boolean> closing = ending(polling);
            try (Registration _ = members.watch(() -> {
                if (members.members().in(CentralPolling.GROUP).live().isEmpty()) {
                    apart.countDown();
                }
            })) {
                Thread.ofVirtual().start(closing);
                assertThat(apart.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(members.members().names()).containsExactly("central-1");
            assertThat(closing.isDone()).isFalse();

            answered.countDown();

            assertThat(closing.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(members.members().live()).isEmpty();
            ledger.ledger().orElseThrow().slots().slots(SlotQuery.ALL, slots::add);
            assertThat(slots).singleElement().satisfies(slot -> assertThat(slot.samples())
                    .isEqualTo(1));
        }
    }
}
