// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.MemoryCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsDecoderTest {
    private static final Set<CounterGroup> ALL = EnumSet.allOf(CounterGroup.class);
    private final StatisticsDecoder decoder = new StatisticsDecoder();

    @ParameterizedTest
    @ValueSource(strings = {"domstats-1.txt", "domstats-2.txt", "domstats-selected.txt"})
    void recordedGuestsDecodeToWhatTheirTextSays(String file) {
        Map<String, DomainStatsText> recorded = DomainStatsText.recorded(file);
        assertThat(recorded).hasSize(3);
        recorded.values().forEach(text -> assertThat(decode(text)).isEqualTo(expected(text)));
    }

    @Test
    void aRecordedGuestHasTheseValues() {
        DomainStatsText text = Objects.requireNonNull(
                DomainStatsText.recorded("domstats-1.txt").get("instance-00000208"));
        DomainCounters counters = decode(text);
        assertThat(counters.state()).isEqualTo(DomainState.RUNNING);
        assertThat(counters.cpu()).isEqualTo(new CpuCounters(2_570_000_000L, 2));
        assertThat(counters.memory()).isEqualTo(new MemoryCounters(65_536L, null, null, null, 49_080L, null, null));
        assertThat(counters.disks())
                .containsExactly(
                        new DiskCounters("vda", 1L, 512L, 349_717L, 0L, 0L, 0L, 1_073_741_824L, 0L, 200_704L),
                        new DiskCounters("vdb", 0L, 0L, 0L, 0L, 0L, 0L, 1_073_741_824L, 0L, 200_704L));
        assertThat(counters.interfaces())
                .containsExactly(new InterfaceCounters("tap039ccb46-f0", 90L, 1L, 0L, 0L, 0L, 0L, 0L, 0L));
        assertThat(counters.missing()).isEmpty();
    }

    /** By the text alone, in words of their own. */
    private static DomainCounters expected(DomainStatsText text) {
        long time = 0;
        for (int i = 0; i < Objects.requireNonNull(text.number("vcpu.maximum")); i++) {
            time += Objects.requireNonNull(text.number("vcpu." + i + ".time"));
            time += Objects.requireNonNull(text.number("vcpu." + i + ".wait"));
        }
        List<DiskCounters> disks = new ArrayList<>();
        for (int i = 0; i < Objects.requireNonNull(text.number("block.count")); i++) {
            String block = "block." + i + ".";
            disks.add(new DiskCounters(
                    Objects.requireNonNull(text.values().get(block + "name")),
                    text.number(block + "rd.reqs"),
                    text.number(block + "rd.bytes"),
                    text.number(block + "rd.times"),
                    text.number(block + "wr.reqs"),
                    text.number(block + "wr.bytes"),
                    text.number(block + "wr.times"),
                    text.number(block + "capacity"),
                    text.number(block + "allocation"),
                    text.number(block + "physical")));
        }
        List<InterfaceCounters> interfaces = new ArrayList<>();
        for (int i = 0; i < Objects.requireNonNull(text.number("net.count")); i++) {
            String net = "net." + i + ".";
            interfaces.add(new InterfaceCounters(
                    Objects.requireNonNull(text.values().get(net + "name")),
                    text.number(net + "rx.bytes"),
                    text.number(net + "rx.pkts"),
                    text.number(net + "rx.errs"),
                    text.number(net + "rx.drop"),
                    text.number(net + "tx.bytes"),
                    text.number(net + "tx.pkts"),
                    text.number(net + "tx.errs"),
                    text.number(net + "tx.drop")));
        }
        return new DomainCounters(
                DomainState.RUNNING,
                new CpuCounters(
                        time,
                        Objects.requireNonNull(text.number("vcpu.current")).intValue()),
                new MemoryCounters(
                        text.number("balloon.current"),
                        text.number("balloon.available"),
                        text.number("balloon.usable"),
                        text.number("balloon.unused"),
                        text.number("balloon.rss"),
                        text.number("balloon.swap_in"),
                        text.number("balloon.swap_out")),
                disks,
                interfaces,
                Map.of(),
                Set.of());
    }

    @Test
    void guestMemoryAndHardwareCountersAreDecoded() {
        DomainCounters counters = decode(
                "state.state=1",
                "balloon.current=1000",
                "balloon.swap_in=1",
                "balloon.swap_out=2",
                "balloon.unused=300",
                "balloon.available=900",
                "balloon.usable=400",
                "balloon.rss=500",
                "perf.cpu_cycles=7",
                "perf.cache_misses=8");
        assertThat(counters.memory()).isEqualTo(new MemoryCounters(1000L, 900L, 400L, 300L, 500L, 1L, 2L));
        assertThat(counters.perf()).isEqualTo(Map.of("cpu_cycles", 7L, "cache_misses", 8L));
    }

    @Test
    void aProcessorThatIsOffIsAHole() {
        DomainCounters counters = decode(
                "state.state=1",
                "cpu.time=99",
                "vcpu.current=2",
                "vcpu.maximum=4",
                "vcpu.0.time=10",
                "vcpu.0.wait=1",
                "vcpu.3.time=20",
                "vcpu.3.wait=2");
        assertThat(counters.cpu()).isEqualTo(new CpuCounters(33L, 2));
    }

    @Test
    void theWholeProcessCountsIfProcessorsAreNotAllTold() {
        String[] fewer = {
            "state.state=1", "cpu.time=99", "vcpu.current=2", "vcpu.maximum=2", "vcpu.0.time=10", "vcpu.0.wait=1"
        };
        assertThat(decode(fewer).cpu()).isEqualTo(new CpuCounters(99L, 2));
        assertThat(decode("state.state=1", "cpu.time=99", "vcpu.current=1", "vcpu.maximum=1", "vcpu.0.time=10")
                        .cpu())
                .isEqualTo(new CpuCounters(99L, 1));
        assertThat(decode("state.state=1").cpu()).isNull();
    }

    @Test
    void anEmptyDriveIsNoDisk() {
        DomainCounters counters = decode(
                "state.state=1",
                "block.count=3",
                "block.0.name=sda",
                "block.0.rd.reqs=0",
                "block.1.name=vda",
                "block.1.path=/x",
                "block.1.rd.reqs=5",
                "block.2.name=vdb", // on the network: no path
                "block.2.backingIndex=7",
                "block.2.rd.reqs=6");
        assertThat(counters.disks()).extracting(DiskCounters::device).containsExactly("vda", "vdb");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        DomainCounters counters = decode(
                "state.state=1",
                "balloon.current=-1",
                "balloon.rss=5",
                "iothread.count=1",
                "block.99999999.name=vda",
                "vcpu.x.time=1",
                "new.in.a.later.release=3");
        assertThat(counters.memory()).isEqualTo(new MemoryCounters(null, null, null, null, 5L, null, null));
        assertThat(counters.disks()).isEmpty();
    }

    @Test
    void aValueOfAnotherTypeIsPassedOver() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters =
                    DomainStatsText.of("d", "cpu.time=1", "block.0.name=vda").inMemory(arena);
            parameters.set(ValueLayout.JAVA_INT, 80, 5); // a double
            parameters.set(ValueLayout.JAVA_INT, 96 + 80, 4); // a number where a text should be: no pointer to follow
            DomainCounters counters = decoder.decode(parameters, ALL);
            assertThat(counters.cpu()).isNull();
            assertThat(counters.disks()).isEmpty();
        }
    }

    @Test
    void missingGroupsOfARunningDomainAreNamed() {
        assertThat(decode("state.state=1").missing())
                .containsExactlyInAnyOrder(
                        CounterGroup.CPU, CounterGroup.MEMORY, CounterGroup.DISK, CounterGroup.NETWORK);
        assertThat(decode("state.state=5").missing()).isEmpty();
        DomainStatsText busy = DomainStatsText.of("d", "state.state=1", "block.count=1", "block.0.name=vda");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(decoder.decode(busy.inMemory(arena), Set.of(CounterGroup.DISK))
                            .missing())
                    .containsExactly(CounterGroup.DISK);
        }
    }

    @Test
    void oneDomainLeavesNothingToTheNext() {
        decode(Objects.requireNonNull(DomainStatsText.recorded("domstats-1.txt").get("instance-00000208")));
        DomainCounters second = decode("state.state=3");
        assertThat(second.state()).isEqualTo(DomainState.PAUSED);
        assertThat(second.cpu()).isNull();
        assertThat(second.memory()).isNull();
        assertThat(second.disks()).isEmpty();
        assertThat(second.interfaces()).isEmpty();
    }

    @Test
    void moreNamesThanTheTableBeginsWithAreKeptApart() {
        List<String> lines = new ArrayList<>(List.of("state.state=1", "vcpu.current=1500", "vcpu.maximum=1500"));
        for (int i = 0; i < 1500; i++) {
            lines.add("vcpu." + i + ".time=" + i);
            lines.add("vcpu." + i + ".wait=1");
        }
        CpuCounters expected = new CpuCounters(1499L * 1500 / 2 + 1500, 1500);
        assertThat(decode(lines.toArray(String[]::new)).cpu()).isEqualTo(expected);
        assertThat(decode(lines.toArray(String[]::new)).cpu()).isEqualTo(expected);
    }

    @Test
    void anUnknownStateIsNoState() {
        assertThat(decode("state.state=42").state()).isEqualTo(DomainState.NOSTATE);
        assertThat(decode("cpu.time=1").state()).isEqualTo(DomainState.NOSTATE);
    }

    private DomainCounters decode(String... lines) {
        return decode(DomainStatsText.of("d", lines));
    }

    private DomainCounters decode(DomainStatsText text) {
        try (Arena arena = Arena.ofConfined()) {
            return decoder.decode(text.inMemory(arena), ALL);
        }
    }
}
