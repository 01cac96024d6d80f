// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.sources.polling.slots.Measuring;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All meters of three recorded guests, against what the recording says in plain text. */
class RecordedMetersTest {
    private static final String ID = "23452737-5903-43a0-b7d6-b7081e7b5bd8";
    private static final String NAME = "instance-00000208";
    private static final String VNIC = NAME + "-" + ID + "-tap039ccb46-f0";
    private static final double SECONDS = 10.041309095;

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private List<Sample> first = List.of();
    private List<Sample> second = List.of();

    @BeforeEach
    void measureTwice() throws Exception {
        hypervisor.next.add(RecordedHost.inspection(1));
        hypervisor.next.add(RecordedHost.inspection(2));
        Measuring all = hypervisor.each60("'*'");
        hypervisor.now = RecordedHost.measured(1);
        first = hypervisor.measure(all);
        hypervisor.now = RecordedHost.measured(2);
        second = hypervisor.measure(all);
    }

    /** Meter, type, unit, resource and the value as the recorded text of the second inspection gives it. */
    static Stream<Arguments> meters() {
        Map<String, String> text = RecordedHost.stats(2).getOrDefault(NAME, Map.of());
        Map<String, String> before = RecordedHost.stats(1).getOrDefault(NAME, Map.of());
        double cpu = number(text, "vcpu.0.time")
                + number(text, "vcpu.1.time")
                + number(text, "vcpu.0.wait")
                + number(text, "vcpu.1.wait");
        double cpuBefore = number(before, "vcpu.0.time") + number(before, "vcpu.1.time");
        String vda = ID + "-vda";
        String vdb = ID + "-vdb";
        return Stream.of(
                Arguments.of("power.state", "gauge", "", ID, 1),
                Arguments.of("cpu", "cumulative", "ns", ID, cpu),
                Arguments.of("cpu_util", "gauge", "%", ID, 100 * (cpu - cpuBefore) / 1e9 / SECONDS / 2),
                Arguments.of("vcpus", "gauge", "vcpu", ID, 2),
                Arguments.of("memory", "gauge", "MiB", ID, 64),
                Arguments.of("memory.resident", "gauge", "MiB", ID, number(text, "balloon.rss") / 1024),
                Arguments.of("disk.root.size", "gauge", "GiB", ID, 1),
                Arguments.of("disk.ephemeral.size", "gauge", "GiB", ID, 1),
                Arguments.of(
                        "disk.device.read.requests", "cumulative", "request", vda, number(text, "block.0.rd.reqs")),
                Arguments.of("disk.device.read.bytes", "cumulative", "B", vda, number(text, "block.0.rd.bytes")),
                Arguments.of("disk.device.read.latency", "cumulative", "ns", vda, number(text, "block.0.rd.times")),
                Arguments.of(
                        "disk.device.write.requests", "cumulative", "request", vda, number(text, "block.0.wr.reqs")),
                Arguments.of("disk.device.write.bytes", "cumulative", "B", vda, number(text, "block.0.wr.bytes")),
                Arguments.of("disk.device.write.latency", "cumulative", "ns", vda, number(text, "block.0.wr.times")),
                Arguments.of("disk.device.read.requests.rate", "gauge", "request/s", vda, 0),
                Arguments.of("disk.device.read.bytes.rate", "gauge", "B/s", vda, 0),
                Arguments.of("disk.device.write.requests.rate", "gauge", "request/s", vdb, 0),
                Arguments.of("disk.device.write.bytes.rate", "gauge", "B/s", vdb, 0),
                Arguments.of("disk.device.capacity", "gauge", "B", vdb, number(text, "block.1.capacity")),
                // virsh domblkinfo said so in the same recording: what is allocated, where nothing was written yet
                Arguments.of("disk.device.allocation", "gauge", "B", vda, 200_704),
                Arguments.of("disk.device.usage", "gauge", "B", vda, number(text, "block.0.physical")),
                Arguments.of("disk.read.requests", "cumulative", "request", ID, 1),
                Arguments.of("disk.read.bytes", "cumulative", "B", ID, 512),
                Arguments.of("disk.write.requests", "cumulative", "request", ID, 0),
                Arguments.of("disk.write.bytes", "cumulative", "B", ID, 0),
                Arguments.of("disk.read.requests.rate", "gauge", "request/s", ID, 0),
                Arguments.of("disk.read.bytes.rate", "gauge", "B/s", ID, 0),
                Arguments.of("disk.write.requests.rate", "gauge", "request/s", ID, 0),
                Arguments.of("disk.write.bytes.rate", "gauge", "B/s", ID, 0),
                Arguments.of("disk.capacity", "gauge", "B", ID, 2L * 1_073_741_824),
                Arguments.of("disk.allocation", "gauge", "B", ID, 2 * 200_704),
                Arguments.of("disk.usage", "gauge", "B", ID, 2 * 200_704));
    }

    static Stream<Arguments> networkMeters() {
        return Stream.of(
                Arguments.of("network.incoming.bytes", "cumulative", "B", VNIC, 90),
                Arguments.of("network.incoming.bytes.delta", "delta", "B", VNIC, 0),
                Arguments.of("network.incoming.bytes.rate", "gauge", "B/s", VNIC, 0),
                Arguments.of("network.incoming.packets", "cumulative", "packet", VNIC, 1),
                Arguments.of("network.incoming.packets.rate", "gauge", "packet/s", VNIC, 0),
                Arguments.of("network.incoming.packets.error", "cumulative", "packet", VNIC, 0),
                Arguments.of("network.incoming.packets.drop", "cumulative", "packet", VNIC, 0),
                Arguments.of("network.outgoing.bytes", "cumulative", "B", VNIC, 0),
                Arguments.of("network.outgoing.bytes.delta", "delta", "B", VNIC, 0),
                Arguments.of("network.outgoing.bytes.rate", "gauge", "B/s", VNIC, 0),
                Arguments.of("network.outgoing.packets", "cumulative", "packet", VNIC, 0),
                Arguments.of("network.outgoing.packets.rate", "gauge", "packet/s", VNIC, 0),
                Arguments.of("network.outgoing.packets.error", "cumulative", "packet", VNIC, 0),
                Arguments.of("network.outgoing.packets.drop", "cumulative", "packet", VNIC, 0));
    }

    private static double number(Map<String, String> text, String key) {
        return Double.parseDouble(text.getOrDefault(key, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"meters", "networkMeters"})
    void isWhatTheRecordingSays(String meter, String type, String unit, String resource, Number expected) {
        List<Sample> found = second.stream()
                .filter(sample -> sample.meter().name().equals(meter) && resource.equals(sample.resourceId()))
                .toList();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().meter().type())
                .isEqualTo(MeterType.ofWireName(type).orElseThrow());
        assertThat(found.getFirst().meter().unit()).isEqualTo(unit);
        assertThat(found.getFirst().volume().doubleValue()).isCloseTo(expected.doubleValue(), within(1e-9));
    }

    @Test
    void everyMeterIsInTheTableOrTheRecordingLacksIt() {
        List<String> named = Stream.concat(
                        Stream.concat(meters(), networkMeters())
                                .map(arguments -> (String) arguments.get()[0]),
                        Stream.of(
                                "memory.available",
                                "memory.usage",
                                "memory.swap.in",
                                "memory.swap.out",
                                "perf.cpu.cycles",
                                "perf.instructions",
                                "perf.cache.references",
                                "perf.cache.misses",
                                "host.cpu.frequency",
                                "host.cpu.user.time",
                                "host.cpu.kernel.time",
                                "host.cpu.idle.time",
                                "host.cpu.iowait.time"))
                .toList();

        assertThat(ComputeMeters.names()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void whatTheHypervisorDoesNotSayGivesNoSampleAndIsCounted() {
        assertThat(second).noneMatch(sample -> sample.meter().name().equals("memory.usage"));
        assertThat(hypervisor.skipped.get("memory.usage")).isEqualTo(Map.of(Skip.NOT_AVAILABLE, 6));
        assertThat(hypervisor.skipped.get("perf.cpu.cycles")).isEqualTo(Map.of(Skip.NOT_AVAILABLE, 6));
    }

    @Test
    void theFirstCycleHasNoRates() {
        assertThat(first).isNotEmpty().noneMatch(sample -> sample.meter().name().endsWith(".rate"));
        assertThat(first).noneMatch(sample -> sample.meter().name().equals("cpu_util"));
        assertThat(hypervisor.skipped.get("cpu_util")).isEqualTo(Map.of(Skip.NO_EARLIER_VALUE, 3));
    }

    @Test
    void anInstanceWithoutInterfacesHasNoMetersOfThem() {
        Map<String, Long> vnics = second.stream()
                .filter(sample -> sample.meter().name().equals("network.incoming.bytes"))
                .collect(Collectors.groupingBy(Sample::resourceId, LinkedHashMap::new, Collectors.counting()));

        assertThat(vnics).isEqualTo(Map.of(VNIC, 1L));
    }

    private Sample sample(String meter) {
        return second.stream()
                .filter(sample -> sample.meter().name().equals(meter)
                        && String.valueOf(sample.resourceId()).contains(ID))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void samplesSayWhoseTheyAreAndWhatTheyMeasure() {
        Sample cpu = sample("cpu");
        assertThat(cpu.projectId()).isEqualTo("e91dc3e80d5148759f9af0622e7be8af");
        assertThat(cpu.userId()).isEqualTo("b28302d8ddad41ab95fde67a03a2e9c3");
        assertThat(cpu.timestamp()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(cpu.metadata()).isEqualTo(Map.of("display_name", "tcg-net", "cpu_number", 2L));
        assertThat(sample("disk.device.usage").metadata()).containsEntry("disk_name", "vda");
        assertThat(sample("disk.usage").metadata()).containsEntry("device", List.of("vda", "vdb"));
        assertThat(sample("network.incoming.bytes").metadata())
                .containsEntry("name", "tap039ccb46-f0")
                .containsEntry("mac", "fa:16:3e:22:14:18")
                .containsEntry("fref", null)
                .containsEntry("vnic_name", "tap039ccb46-f0")
                .containsEntry("parameters", Map.of("bridge", "brqd8b1f017-a0"));
    }
}
