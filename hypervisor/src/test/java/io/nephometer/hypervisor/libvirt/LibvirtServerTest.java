// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.MemoryCounters;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.runtime.Ticker;
import io.nephometer.testkit.servers.PrivateLibvirt;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A real libvirtd with two real guests, emulated. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class LibvirtServerTest {
    private static final Set<CounterGroup> ALL =
            Set.of(CounterGroup.CPU, CounterGroup.MEMORY, CounterGroup.DISK, CounterGroup.NETWORK);
    private static final int DISK_BYTES = 1 << 20;

    private final PrivateLibvirt server = new PrivateLibvirt();
    private final AtomicLong ahead = new AtomicLong();
    private final Ticker ticker = () -> System.nanoTime() + ahead.get();

    @BeforeAll
    void startGuests() {
        server.start();
        for (int number = 1; number <= 2; number++) {
            String disk = server.disk("disk-" + number, DISK_BYTES).toString();
            server.create(
                    name(number),
                    DomainStatsText.resource("guest.xml")
                            .replace("NAME", name(number))
                            .replace("UUID", uuid(number))
                            .replace("DISK", disk));
        }
        try (LibvirtInspector first =
                inspector(LibvirtOptions.of(server.uri()).withCallTimeout(Duration.ofMinutes(1)))) {
            assertThat(inspect(first).domains()).hasSize(2); // loads the library, so that no short time-out includes it
        }
    }

    @AfterAll
    void end() {
        server.close();
    }

    private static String name(int number) {
        return "instance-%08x".formatted(number);
    }

    private static String uuid(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    private LibvirtInspector inspector(LibvirtOptions options) {
        return new LibvirtInspector(options, Clock.systemUTC(), ticker);
    }

    @Test
    void aRealGuestIsMeasuredAsVirshShowsIt() throws Exception {
        try (LibvirtInspector inspector = inspector(LibvirtOptions.of(server.uri()))) {
            DomainStatsText before = virsh();
            Inspection inspection = inspector.inspect(ALL);
            DomainStatsText after = virsh();

            assertThat(inspection.domains()).hasSize(2);
            assertThat(inspection.faults()).isEmpty();
            Domain guest = guest(inspection, 1);
            assertThat(guest.name()).isEqualTo(name(1));
            assertThat(guest.state()).isEqualTo(DomainState.RUNNING);
            CpuCounters cpu = Objects.requireNonNull(guest.cpu());
            assertThat(cpu.count()).isEqualTo(1); // of two, the other one is off
            assertThat(cpu.timeNs()).isPositive().isBetween(vcpuTime(before), vcpuTime(after));
            MemoryCounters memory = Objects.requireNonNull(guest.memory());
            assertThat(memory.actual()).isEqualTo(16_384L).isEqualTo(before.number("balloon.current"));
            assertThat(memory.resident()).isPositive();
            assertThat(guest.disks()).singleElement().satisfies(disk -> {
                assertThat(disk.device()).isEqualTo("vda"); // and no empty drive
                assertThat(disk.capacity()).isEqualTo(DISK_BYTES).isEqualTo(before.number("block.0.capacity"));
                assertThat(disk.physical()).isEqualTo(before.number("block.0.physical"));
                assertThat(disk.readRequests())
                        .isBetween(before.number("block.0.rd.reqs"), after.number("block.0.rd.reqs"));
                assertThat(disk.writeBytes()).isZero();
            });
            NovaMetadata nova = Objects.requireNonNull(
                    Objects.requireNonNull(guest.description()).nova());
            assertThat(nova.flavor().name()).isEqualTo("m1.test");
            assertThat(nova.projectId()).isEqualTo("project-1");
            assertThat(Objects.requireNonNull(guest.description()).architecture())
                    .isEqualTo("x86_64");
        }
    }

    private DomainStatsText virsh() {
        String printed = server.virsh("domstats", "--raw", name(1));
        return Objects.requireNonNull(DomainStatsText.parse(printed).get(name(1)));
    }

    private static long vcpuTime(DomainStatsText text) {
        return Objects.requireNonNull(text.number("vcpu.0.time")) + Objects.requireNonNull(text.number("vcpu.0.wait"));
    }

    @Test
    void groupsThatAreNotWantedAreNotAskedFor() throws Exception {
        try (LibvirtInspector inspector = inspector(LibvirtOptions.of(server.uri()))) {
            Domain guest = guest(inspector.inspect(Set.of(CounterGroup.CPU)), 1);
            assertThat(guest.cpu()).isNotNull();
            assertThat(guest.memory()).isNull();
            assertThat(guest.disks()).isEmpty();
        }
    }

    @Test
    void aMetadataChangeIsSeenAndReadsOneDescription() throws Exception {
        try (LibvirtInspector inspector = inspector(LibvirtOptions.of(server.uri()))) {
            inspector.inspect(ALL);
            long read = server.calls("virDomainGetXMLDesc");
            inspector.inspect(ALL);
            assertThat(server.calls("virDomainGetXMLDesc")).isEqualTo(read);
            String instance = server.virsh("metadata", name(2), "--uri", "http://openstack.org/xmlns/libvirt/nova/1.1")
                    .replaceAll("<name>[^<]*</name>", "<name>renamed</name>");
            server.virsh(
                    "metadata",
                    name(2),
                    "--live",
                    "--uri",
                    "http://openstack.org/xmlns/libvirt/nova/1.1",
                    "--key",
                    "nova",
                    "--set",
                    instance);
            Await.until(() -> displayName(inspect(inspector), 2).equals("renamed"));
            inspector.inspect(ALL);
            assertThat(server.calls("virDomainGetXMLDesc")).isEqualTo(read + 1);
        }
    }

    @Test
    void aHundredDomainsAreOneCall() throws Exception {
        StringBuilder node = new StringBuilder("<node>");
        for (int i = 0; i < 100; i++) {
            node.append("<domain type='test'><name>d")
                    .append(i)
                    .append("</name><memory>8192</memory><vcpu>1</vcpu>")
                    .append("<os><type arch='i686'>hvm</type></os></domain>");
        }
        String path =
                server.write("hundred.xml", node.append("</node>").toString()).toString();
        try (LibvirtInspector inspector = inspector(LibvirtOptions.of(server.uri("test", path)))) {
            long calls = server.calls("virConnectGetAllDomainStats");
            long read = server.calls("virDomainGetXMLDesc");
            long others = server.calls("virDomainListGetStats") + server.calls("virConnectListAllDomains");
            for (int i = 0; i < 10; i++) {
                assertThat(inspector.inspect(ALL).domains()).hasSize(100);
            }
            assertThat(server.calls("virConnectGetAllDomainStats") - calls).isEqualTo(10);
            assertThat(server.calls("virDomainGetXMLDesc") - read).isEqualTo(100);
            assertThat(server.calls("virDomainListGetStats") + server.calls("virConnectListAllDomains"))
                    .isEqualTo(others);
        }
    }

    @Test
    void aKilledServerIsFoundAgainWithItsGuests() throws Exception {
        try (LibvirtInspector inspector = inspector(LibvirtOptions.of(server.uri()))) {
            inspector.inspect(ALL);
            server.kill();
            try {
                fails(inspector, HypervisorException.Kind.UNREACHABLE);
                fails(inspector, HypervisorException.Kind.UNREACHABLE);
            } finally {
                server.start();
            }
            ahead.addAndGet(Backoff.LONGEST.toNanos());
            assertThat(inspector.inspect(ALL).domains()).hasSize(2);
            server.restart(); // between two inspections: nothing is lost
            assertThat(inspector.inspect(ALL).domains()).hasSize(2);
        }
    }

    @Test
    void aServerThatHangsIsATimeoutAndGoesOnAfterwards() throws Exception {
        LibvirtOptions options = LibvirtOptions.of(server.uri()).withCallTimeout(Duration.ofSeconds(5));
        try (LibvirtInspector inspector = inspector(options)) {
            inspector.inspect(ALL);
            server.pause();
            try {
                fails(inspector, HypervisorException.Kind.TIMEOUT);
                assertThat(inspector.status().hanging()).isEqualTo(2);
            } finally {
                server.resume();
            }
            Await.until(() -> inspector.status().hanging() == 0);
            ahead.addAndGet(Backoff.LONGEST.toNanos());
            assertThat(inspector.inspect(ALL).domains()).hasSize(2);
        }
    }

    @Test
    void aGuestThatHangsHidesNoOther() throws Exception {
        LibvirtOptions options = LibvirtOptions.of(server.uri()).withCallTimeout(Duration.ofSeconds(5));
        try (LibvirtInspector inspector = inspector(options)) {
            inspector.inspect(ALL);
            server.pauseGuest(name(1));
            try {
                Inspection inspection = inspector.inspect(ALL);
                assertThat(inspection.domains()).hasSize(2);
                assertThat(inspection.faults()).singleElement().satisfies(fault -> {
                    assertThat(fault.domain()).isEqualTo(uuid(1));
                    assertThat(fault.kind()).isEqualTo(DomainFault.Kind.NO_COUNTERS);
                    assertThat(fault.detail()).contains("DISK");
                });
                assertThat(guest(inspection, 2).disks())
                        .singleElement()
                        .extracting(DiskCounters::readRequests)
                        .isNotNull();
                assertThat(inspector.status().hanging()).isEqualTo(1);
            } finally {
                server.resumeGuest(name(1));
            }
            Await.until(() -> inspector.status().hanging() == 0);
            assertThat(inspector.inspect(ALL).faults()).isEmpty();
        }
    }

    @Test
    void noServerIsUnreachable() {
        try (LibvirtInspector inspector =
                inspector(LibvirtOptions.of("qemu+unix:///session?socket=/nonexistent/libvirt-sock"))) {
            fails(inspector, HypervisorException.Kind.UNREACHABLE);
        }
    }

    private static void fails(LibvirtInspector inspector, HypervisorException.Kind kind) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> inspector.inspect(ALL))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static Inspection inspect(LibvirtInspector inspector) {
        try {
            return inspector.inspect(ALL);
        } catch (HypervisorException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Domain guest(Inspection inspection, int number) {
        return inspection.domains().stream()
                .filter(domain -> domain.id().equals(uuid(number)))
                .findFirst()
                .orElseThrow();
    }

    private static String displayName(Inspection inspection, int number) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(guest(inspection, number).description())
                                .nova())
                .name();
    }
}
