// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says of the processors of a machine becomes samples of its hypervisor. */
class ProcFiguresTest {
    @TempDir
    private Path proc;

    private final Slot slot = new Slot("compute", Duration.ofMinutes(5), Instant.parse("2026-11-28T10:00:00Z"));

    private Map<String, Long> figures(String stat, String cpuinfo) throws IOException {
        Files.writeString(proc.resolve("stat"), stat);
        Files.writeString(proc.resolve("cpuinfo"), cpuinfo);
        return new ProcFigures(proc, "n1").read();
    }

    @Test
    void timesAreThoseOfAllProcessors_putTogetherAsLibvirtDoesIt() throws IOException {
        assertThat(figures(
                        "cpu  100 20 300 4000 50 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7\nintr 5\n",
                        "processor : 0\nmodel name : x\ncpu MHz\t\t: 2399.998\n\nprocessor : 1\ncpu MHz : 800.0\n"))
                .isEqualTo(Map.of(
                        "host.cpu.user.time", 1_200_000_000L,
                        "host.cpu.kernel.time", 3_130_000_000L,
                        "host.cpu.idle.time", 40_000_000_000L,
                        "host.cpu.iowait.time", 500_000_000L,
                        "host.cpu.frequency", 2_400L));
    }

    @Test
    void whatIsNotSaidIsMissing() throws IOException {
        assertThat(figures("cpu  100 20 300 4000\n", "Features : fp\n")).isEmpty();
        assertThat(figures("cpu  a 20 300 4000 50 6 7 8\n", "cpu MHz : 1\n")).isEmpty();
        assertThat(new ProcFigures(proc.resolve("none"), "n1").read()).isEmpty();
    }

    @Test
    void becomeSamplesOfTheHypervisor_ofTheMetersThatAreWanted() throws IOException {
        figures("cpu  100 20 300 4000 50 6 7 8\n", "cpu MHz : 1000\n");
        List<Pollster> wanted = HostMeters.all().stream()
                .filter(one -> !one.name().equals("host.cpu.idle.time"))
                .toList();
        List<Sample> samples = HostMeters.samples(wanted, "h1", new ProcFigures(proc, "n1"), slot);
        assertThat(samples).hasSize(4).allSatisfy(sample -> {
            assertThat(sample.resourceId()).isEqualTo("h1_n1");
            assertThat(sample.metadata()).isEqualTo(Map.of("host", "h1", "nodename", "n1"));
            assertThat(sample.timestamp()).isEqualTo(slot.start());
            assertThat(sample.origin()).isEqualTo(new Sample.Origin.Slotted(slot));
        });
        assertThat(HostMeters.samples(wanted, "h1", HostFigures.NONE, slot)).isEmpty();
    }

    /** Where this runs on Linux, that is what it says. */
    @Test
    void ofARealMachine() {
        Path real = Path.of("/proc");
        if (Files.isReadable(real.resolve("stat"))) {
            assertThat(new ProcFigures(real, "n1").read()).containsKeys("host.cpu.user.time", "host.cpu.idle.time");
        }
    }
}
