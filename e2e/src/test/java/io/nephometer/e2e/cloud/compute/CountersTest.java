// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.e2e.cloud.compute.Counters.Part;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CountersTest {
    private static final String STATISTICS = """
            Domain: 'instance-00000072'
              state.state=1
              balloon.current=524288
              vcpu.current=2
              vcpu.maximum=2
              vcpu.0.time=2410000000
              vcpu.0.wait=5
              vcpu.1.time=90000000
              net.count=1
              net.0.name=tap1
              net.0.rx.bytes=70
              block.count=1
              block.0.name=vda
              block.0.rd.bytes=512
              block.0.physical=200704

            Domain: 'instance-00000209'
              state.state=3
            """;

    @Test
    void whatVirshSaysIsReadByDomain() {
        assertThat(DomainStatistics.parse(STATISTICS)).containsOnlyKeys("instance-00000072", "instance-00000209");

        assertThat(counters().values())
                .containsEntry(new Part("power.state", ""), 1.0)
                .containsEntry(new Part("memory", ""), 512.0)
                .containsEntry(new Part("vcpus", ""), 2.0)
                .containsEntry(new Part("cpu", ""), 2_500_000_005.0)
                .containsEntry(new Part("network.incoming.bytes", "tap1"), 70.0)
                .containsEntry(new Part("disk.device.read.bytes", "vda"), 512.0)
                .containsEntry(new Part("disk.device.usage", "vda"), 200_704.0)
                .hasSize(7);
    }

    @Test
    void aSampleLiesBetweenWhatTheHypervisorSaidBeforeAndAfter() {
        Part cpu = new Part("cpu", "");

        assertThat(compare(Map.of(cpu, List.of(15.0))).isClean()).isTrue();
        assertThat(compare(Map.of(cpu, List.of(9.0))).bad()).isEqualTo(1);
        assertThat(compare(Map.of(cpu, List.of(21.0))).bad()).isEqualTo(1);
        assertThat(compare(Map.of(cpu, List.of(15.0, 15.0))).bad()).isEqualTo(1);
        assertThat(compare(Map.of()).bad()).isEqualTo(1);
    }

    private static CounterComparison compare(Map<Part, List<Double>> samples) {
        CounterComparison comparison = new CounterComparison();
        Part cpu = new Part("cpu", "");
        comparison.add("a", new Counters(Map.of(cpu, 10.0)), new Counters(Map.of(cpu, 20.0)), samples);
        return comparison;
    }

    private static Counters counters() {
        Map<String, String> domain = DomainStatistics.parse(STATISTICS).get("instance-00000072");
        return Counters.of(Objects.requireNonNull(domain));
    }
}
