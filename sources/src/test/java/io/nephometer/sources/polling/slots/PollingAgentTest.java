// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PollingAgentTest {
    private record Immediate(Duration interval) implements Measuring {
        @Override
        public List<Slot> slots(Instant start) {
            return List.of(new Slot("s", interval, start));
        }

        @Override
        public List<SlotMeasurements> measure(Instant start) {
            MeasuringTime measured = new MeasuringTime(Instant.now(), System.nanoTime());
            return List.of(new SlotMeasurements(slots(start).getFirst(), "cmp1", measured, null, List.of(), List.of()));
        }

        @Override
        public void delivered(Slot slot) {}
    }

    @Test
    void intervalsRunBesideOneAnother() throws Exception {
        Set<Duration> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        List<Measuring> measurings =
                List.of(new Immediate(Duration.ofSeconds(1)), new Immediate(Duration.ofSeconds(2)));
        try (PollingAgent agent = agent(measurings, slot -> {
            if (seen.add(slot.slot().interval())) {
                both.countDown();
            }
        })) {
            agent.start();
            assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.health()).isInstanceOf(Health.Up.class);
        }
    }

    @Test
    void isDownIfAThreadDied() throws Exception {
        try (PollingAgent agent = agent(List.of(new Immediate(Duration.ofSeconds(1))), _ -> {
            throw new AssertionError("fatal, as if memory ran out");
        })) {
            agent.start();
            long begin = System.nanoTime();
            while (!(agent.health() instanceof Health.Down)) {
                assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(agent.health().detail()).contains("its thread has ended");
        }
    }

    @Test
    void mayBeClosedBeforeItIsStartedAndTwice() throws Exception {
        PollingAgent agent = agent(List.of(new Immediate(Duration.ofSeconds(1))), _ -> {});
        agent.close();
        agent.close();
    }

    @Test
    void saysIfThereIsNothingToMeasure() {
        assertThat(agent(List.of(), _ -> {}).health()).isInstanceOf(Health.Degraded.class);
    }

    private static PollingAgent agent(List<Measuring> measurings, Consumer<SlotMeasurements> taker) {
        return new PollingAgent(
                measurings,
                SlotOptions.of("cmp1"),
                measurements -> {
                    taker.accept(measurements);
                    return new SinkOutcome.Accepted();
                },
                Instant::now,
                Ticker.system(),
                SlotObserver.none());
    }
}
