// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.model.Sample;
import io.nephometer.sources.audits.CountedTask;
import io.nephometer.sources.audits.PollBandwidthUsage;
import io.nephometer.sources.audits.PollVolumeUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an agent measures says of whom it is, as the audits that count it need it. */
class CountedSamplesTest {
    private static final String VOLUME = "0c6f1a52-6f0e-4c39-9d52-6a1c0c8f6a11";

    private final FakeHypervisor hypervisor = new FakeHypervisor();

    private static DiskCounters disk(String device) {
        return new DiskCounters(device, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    private static Domain guest() {
        Domain plain = Guest.running(1, 1).domain();
        InterfaceDescription vnic = new InterfaceDescription("tap1", "fa:16:3e:00:00:01", null, Map.of());
        return new Domain(
                plain.id(),
                plain.name(),
                plain.state(),
                new DomainDescription(
                        null,
                        "hvm",
                        "x86_64",
                        List.of(vnic),
                        Map.of("vdb", VOLUME.toUpperCase(Locale.ROOT), "vdc", "QM00001")),
                plain.cpu(),
                plain.memory(),
                List.of(disk("vda"), disk("vdb"), disk("vdc")),
                List.of(new InterfaceCounters("tap1", 1L, 1L, 0L, 0L, 1L, 1L, 0L, 0L)),
                plain.perf());
    }

    private List<CountedTask.Shown> shown(CountedTask task, String meter) throws Exception {
        hypervisor.next.add(new Inspection(hypervisor.now, List.of(guest()), List.of()));
        List<Sample> samples = hypervisor.measure(hypervisor.each60(meter));
        return samples.stream()
                .map(sample -> Objects.requireNonNull(task.shown(discovered(sample))))
                .toList();
    }

    /** What discovery says of every instance, which the recorded host does not. */
    private static Sample discovered(Sample sample) {
        Map<String, @Nullable Object> metadata = new HashMap<>(sample.metadata());
        metadata.put("instance_id", Guest.ID);
        metadata.put("instance_host", "cmp1");
        return sample.describedAs(sample.projectId(), sample.userId(), metadata);
    }

    @Test
    void aDiskSaysWhichVolumeItIs_andADiskOfTheHostIsNone() throws Exception {
        assertThat(shown(new PollVolumeUsage(), "disk.device.read.bytes"))
                .allSatisfy(one -> assertThat(one.instance()).isEqualTo(Guest.ID))
                .allSatisfy(one -> assertThat(one.counter()).isEqualTo("read_bytes"))
                .extracting(CountedTask.Shown::part)
                .containsExactly("", VOLUME, "");
    }

    @Test
    void anInterfaceSaysItsAddress() throws Exception {
        assertThat(shown(new PollBandwidthUsage(), "network.outgoing.bytes"))
                .allSatisfy(one -> assertThat(one.instance()).isEqualTo(Guest.ID))
                .extracting(one -> one.part() + " " + one.counter())
                .containsExactly("fa:16:3e:00:00:01 bw_out");
    }
}
