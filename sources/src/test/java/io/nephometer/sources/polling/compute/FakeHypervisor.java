// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.model.Sample;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.sources.polling.slots.Measuring;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A hypervisor that shows what it was told to, and the clock that goes with it. */
final class FakeHypervisor implements Inspector, ComputeObserver {
    final Deque<Inspection> next = new ArrayDeque<>();
    final List<Set<CounterGroup>> asked = new ArrayList<>();
    final Map<String, Map<Skip, Integer>> skipped = new HashMap<>();
    boolean isDown;
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long leapt;

    /** What the clock says and the ticker does not. */
    void setClock(Duration forward) {
        now = now.plus(forward);
        leapt += forward.toNanos();
    }

    long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos() - leapt;
    }

    /** The one measuring of these meters each minute. */
    Measuring each60(String... meters) {
        List<Measuring> all = measurings("""
                sources:
                  - {name: s, interval: 60, meters: [%s]}
                """.formatted(String.join(", ", meters)), false);
        assertOne(all);
        return all.getFirst();
    }

    private static void assertOne(List<Measuring> all) {
        if (all.size() != 1) {
            throw new AssertionError("not one measuring but " + all.size());
        }
    }

    List<Measuring> measurings(String yaml, boolean stoppedToo) {
        try {
            return new ComputePolling(
                            new ComputeOptions("cmp1", stoppedToo),
                            this,
                            RecordedHost::discovery,
                            () -> now,
                            this::nanos,
                            this)
                    .of(PollingDefinition.read("polling.yaml", yaml));
        } catch (PollingDefinitionException e) {
            throw new AssertionError(e);
        }
    }

    /** Measures, says that it was delivered, and moves on by a minute. */
    List<Sample> measure(Measuring measuring) throws UnmeasurableException, InterruptedException {
        List<SlotMeasurements> slots = throwAway(measuring);
        slots.forEach(slot -> measuring.delivered(slot.slot()));
        return samples(slots);
    }

    /** Measures, and moves on by a minute. Nobody gets it. */
    List<SlotMeasurements> throwAway(Measuring measuring) throws UnmeasurableException, InterruptedException {
        List<SlotMeasurements> slots = measuring.measure(Instant.parse("2026-11-22T10:00:00Z"));
        now = now.plusSeconds(60);
        return slots;
    }

    static List<Sample> samples(List<SlotMeasurements> slots) {
        return slots.stream().flatMap(slot -> slot.samples().stream()).toList();
    }

    @Override
    public Inspection inspect(Set<CounterGroup> wanted) throws HypervisorException {
        asked.add(wanted);
        if (isDown) {
            throw new HypervisorException(HypervisorException.Kind.UNREACHABLE, "no connection to the fake");
        }
        return next.remove();
    }

    @Override
    public void inspected(Duration took, int domains, int faults) {}

    @Override
    public void sampled(String pollster, int samples) {}

    @Override
    public void skipped(String pollster, Skip why, int resources) {
        skipped.computeIfAbsent(pollster, _ -> new EnumMap<>(Skip.class)).merge(why, resources, Integer::sum);
    }

    @Override
    public void close() {}
}
