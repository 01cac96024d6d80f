// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.sources.polling.slots.Measuring;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComputePollingTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    @Test
    void oneInspectionServesAllMetersAndAsksForWhatTheyNeedAlone() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));
        hypervisor.measure(hypervisor.each60("cpu", "vcpus", "disk.device.read.bytes", "disk.root.size"));

        assertThat(hypervisor.asked).containsExactly(Set.of(CounterGroup.CPU, CounterGroup.DISK));
    }

    @Test
    void ratesNeedTheProcessorTimeToKnowOfRestarts() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));
        hypervisor.measure(hypervisor.each60("network.incoming.bytes.rate"));

        assertThat(hypervisor.asked).containsExactly(Set.of(CounterGroup.CPU, CounterGroup.NETWORK));
    }

    @Test
    void aStoppedInstanceHasItsMinimalMetersByOption() throws Exception {
        Measuring measuring = hypervisor
                .measurings("sources: [{name: s, interval: 60, meters: ['*']}]", true)
                .getFirst();
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(0, 0).withState(DomainState.SHUTOFF)));

        assertThat(names(hypervisor.measure(measuring)))
                .containsExactlyInAnyOrder(
                        "power.state",
                        "vcpus",
                        "memory",
                        "disk.root.size",
                        "disk.ephemeral.size",
                        "disk.device.capacity",
                        "disk.device.allocation",
                        "disk.device.usage",
                        "disk.capacity",
                        "disk.allocation",
                        "disk.usage");
        assertThat(hypervisor.asked.getFirst()).contains(CounterGroup.STOPPED);
    }

    @Test
    void withoutTheOptionStoppedInstancesAreNotAskedFor() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now));
        hypervisor.measure(hypervisor.each60("'*'"));

        assertThat(hypervisor.asked.getFirst()).doesNotContain(CounterGroup.STOPPED);
    }

    @Test
    void memoryIsInMebibytes() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));
        Map<String, Number> volumes = hypervisor.measure(hypervisor.each60("memory*")).stream()
                .collect(Collectors.toMap(sample -> sample.meter().name(), Sample::volume));

        assertThat(volumes)
                .isEqualTo(Map.of(
                        "memory",
                        64.0,
                        "memory.available",
                        60_000 / 1024.0,
                        "memory.usage",
                        40_000 / 1024.0,
                        "memory.resident",
                        30_000 / 1024.0,
                        "memory.swap.in",
                        2.0,
                        "memory.swap.out",
                        1.0));
    }

    @Test
    void capacityIsAtLeastWhatTheFileHas() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));

        assertThat(hypervisor.measure(hypervisor.each60("disk.device.capacity")))
                .singleElement()
                .satisfies(sample -> assertThat(sample.volume()).isEqualTo(20L));
    }

    @Test
    void sourcesOfOneIntervalShareAnInspectionAndHaveTheirOwnSlots() throws Exception {
        List<Measuring> all = hypervisor.measurings("""
                sources:
                  - {name: a, interval: 60, meters: [cpu, vcpus]}
                  - {name: b, interval: 60, meters: [cpu, memory]}
                  - {name: c, interval: 300, meters: [cpu]}
                  - {name: d, interval: 300, meters: [image.size]}
                """, false);
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));
        List<SlotMeasurements> slots = all.getFirst().measure(START);

        assertThat(all).extracting(Measuring::interval).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(all.getLast().slots(START)).extracting(slot -> slot.source()).containsExactly("c");
        assertThat(slots).extracting(slot -> slot.slot().source()).containsExactly("a", "b");
        assertThat(names(slots.getFirst().samples())).containsExactlyInAnyOrder("cpu", "vcpus");
        assertThat(names(slots.getLast().samples())).containsExactly("memory");
        assertThat(hypervisor.asked).hasSize(1);
    }

    @Test
    void idsComeFromTheSlotAlone() throws Exception {
        hypervisor.next.add(Guest.shown(hypervisor.now, Guest.running(1, 1)));
        hypervisor.next.add(Guest.shown(hypervisor.now.plusSeconds(60), Guest.running(2, 2)));
        Measuring measuring = hypervisor.each60("cpu");
        Sample first = hypervisor.measure(measuring).getFirst();
        Sample again = hypervisor.measure(measuring).getFirst();

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.volume()).isNotEqualTo(first.volume());
        assertThat(first.id().toString())
                .isEqualTo(measuring
                        .slots(START)
                        .getFirst()
                        .sampleId(first.meter(), Guest.ID)
                        .text());
    }

    @Test
    void aHypervisorThatIsAwayMakesTheSlotUnmeasurable() {
        hypervisor.isDown = true;

        assertThatExceptionOfType(UnmeasurableException.class)
                .isThrownBy(() -> hypervisor.measure(hypervisor.each60("cpu")))
                .satisfies(e -> assertThat(e.why())
                        .isEqualTo(new Shortfall("hypervisor_unreachable", 0, "no connection to the fake")));
    }

    @Test
    void aDomainWithoutCountersIsToldAndHidesNoOther() throws Exception {
        Inspection inspection = new Inspection(
                hypervisor.now,
                List.of(Guest.running(1, 1).domain()),
                List.of(new DomainFault("other", DomainFault.Kind.NO_COUNTERS, "monitor hangs")));
        hypervisor.next.add(inspection);
        SlotMeasurements slot = hypervisor.each60("cpu").measure(START).getFirst();

        assertThat(slot.samples()).hasSize(1);
        assertThat(slot.shortfalls()).containsExactly(new Shortfall("no_counters", 1, "other: monitor hangs"));
    }

    @Test
    void aPollsterThatFailsForOneInstanceIsToldAndHidesNoOther() throws Exception {
        Guest good = Guest.running(1, 1);
        Domain bad = good.withId("bad").domain();
        SampleMaker maker = new SampleMaker(Duration.ofMinutes(1), hypervisor);
        Pollster failing = Pollster.direct(
                ComputeMeters.pollsters().getFirst().meter(), Set.of(), Pollster.Scope.RUNNING, instance -> {
                    if (instance.id().equals("bad")) {
                        throw new IllegalStateException("no sense in it");
                    }
                    return List.of(new Reading(instance.id(), 1L, Map.of()));
                });
        List<Sample> taken = new ArrayList<>();
        List<Shortfall> shortfalls = new ArrayList<>();
        maker.make(
                failing,
                List.of(RecordedHost.instance(bad), RecordedHost.instance(good.domain())),
                hypervisor.each60("cpu").slots(START).getFirst(),
                new MeasuringTime(hypervisor.now, 0),
                taken,
                shortfalls);

        assertThat(taken).hasSize(1);
        assertThat(shortfalls)
                .containsExactly(new Shortfall(
                        "pollster_failed", 1, "power.state: bad: java.lang.IllegalStateException: no sense in it"));
    }

    @Test
    void metersThatNobodyKnowsAreNamedWithTheNearest() throws PollingDefinitionException {
        PollingDefinition definition = PollingDefinition.read("my.yaml", """
                sources:
                  - name: s
                    interval: 60
                    meters:
                      - memory.usgae
                      - image.size
                      - radosgw.*
                """);

        assertThat(ComputePolling.warnings(definition))
                .extracting(DefinitionProblem::text)
                .containsExactly("my.yaml:5: s.meters: no pollster is called memory.usgae; did you mean memory.usage?");
    }

    @Test
    void resourcesAndOtherDiscoveriesHaveNoEffectAndSaySo() throws PollingDefinitionException {
        PollingDefinition definition = PollingDefinition.read("my.yaml", """
                sources:
                  - {name: a, interval: 60, meters: [cpu], discovery: [tenant]}
                  - {name: b, interval: 60, meters: [cpu], resources: [x], discovery: [local_instances]}
                  - {name: c, interval: 60, meters: [image.size], discovery: [tenant]}
                """);

        assertThat(ComputePolling.warnings(definition))
                .extracting(DefinitionProblem::key)
                .containsExactly("a", "b");
    }

    @Test
    void theShippedDefinitionIsWhole() {
        PollingDefinition shipped = PollingDefinition.shipped();

        assertThat(ComputePolling.warnings(shipped)).isEmpty();
        assertThat(shipped.byInterval().keySet()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }

    private static List<String> names(List<Sample> samples) {
        return samples.stream().map(sample -> sample.meter().name()).toList();
    }
}
