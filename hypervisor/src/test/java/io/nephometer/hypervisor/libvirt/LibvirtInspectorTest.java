// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls that fail and hang, by a libvirt that does so when it is told to. */
@Timeout(60)
final class LibvirtInspectorTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Set<CounterGroup> ALL =
            Set.of(CounterGroup.CPU, CounterGroup.MEMORY, CounterGroup.DISK, CounterGroup.NETWORK);
    /** As long as a test waits for what is to hang. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final FakeLibvirt libvirt = new FakeLibvirt();
    private final Libvirt started;
    /** Moved ahead to get past waits; otherwise as fast as the real one. */
    private final AtomicLong ahead = new AtomicLong();

    private final Ticker ticker = () -> System.nanoTime() + ahead.get();
    private final LibvirtInspector inspector;

    LibvirtInspectorTest() throws HypervisorException {
        started = Libvirt.start(libvirt.symbols());
        inspector = inspector(LibvirtOptions.of("fake:///"));
    }

    private LibvirtInspector inspector(LibvirtOptions options) {
        return new LibvirtInspector(options, InstantSource.fixed(NOW), ticker, () -> started);
    }

    @AfterEach
    void everythingIsGivenBack() {
        inspector.close();
        Await.until(() -> libvirt.outstanding() == 0);
    }

    private void guests(int count) {
        DomainStatsText stats = Objects.requireNonNull(
                DomainStatsText.recorded("domstats-1.txt").get("instance-00000208"));
        String xml = DomainStatsText.resource("instance-00000208.xml");
        for (int i = 1; i <= count; i++) {
            libvirt.guests.add(new FakeLibvirt.Guest(i, xml, stats));
        }
    }

    @Test
    void oneCallMeasuresAllAndDescriptionsAreReadOnce() throws Exception {
        guests(100);
        Inspection first = inspector.inspect(ALL);
        assertThat(first.measured()).isEqualTo(NOW);
        assertThat(first.domains()).hasSize(100);
        assertThat(first.faults()).isEmpty();
        assertThat(inspector.inspect(ALL)).isEqualTo(first);
        assertThat(inspector.inspect(ALL)).isEqualTo(first);

        assertThat(libvirt.calls("virConnectOpenReadOnly")).isEqualTo(1);
        assertThat(libvirt.calls("virConnectGetAllDomainStats")).isEqualTo(3);
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(100);
        assertThat(libvirt.calls("virDomainListGetStats")).isZero();
        assertThat(libvirt.calls("virConnectListAllDomains")).isZero();
        assertThat(inspector.status()).isEqualTo(new LibvirtStatus(1, 1, 0, 0, 3, 100));
    }

    @Test
    void onlyTheDescriptionThatIsToldAsChangedIsReadAgain() throws Exception {
        guests(5);
        inspector.inspect(ALL);
        FakeLibvirt.Guest changed = libvirt.guests.get(2);
        changed.xml = changed.xml.replace("tcg-net", "renamed");
        assertThat(nova(inspector.inspect(ALL), changed)).isEqualTo("tcg-net");
        libvirt.tellMetadataChanged(changed);
        assertThat(nova(inspector.inspect(ALL), changed)).isEqualTo("renamed");
        inspector.inspect(ALL);
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(6);
    }

    @Test
    void aRestartedGuestAndOneWithAnotherInterfaceAreReadAgain() throws Exception {
        guests(5);
        inspector.inspect(ALL);
        libvirt.guests.get(0).id = 77;
        FakeLibvirt.Guest plugged = libvirt.guests.get(1);
        plugged.stats = DomainStatsText.of(
                "d",
                "state.state=1",
                "cpu.time=1",
                "balloon.current=1",
                "block.count=0",
                "net.count=1",
                "net.0.name=t");
        inspector.inspect(ALL);
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(7);
        inspector.inspect(Set.of(CounterGroup.CPU)); // without interfaces there is nothing to compare
        inspector.inspect(ALL);
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(7);
    }

    @Test
    void withoutEventsDescriptionsAreReadAgainInTurns() throws Exception {
        libvirt.tellsEvents = false;
        guests(40);
        inspector.inspect(ALL);
        libvirt.guests.forEach(guest -> guest.xml = guest.xml.replace("tcg-net", "renamed"));
        Inspection last = inspector.inspect(ALL);
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(42);
        for (int i = 1; i < Descriptions.INSPECTIONS_PER_ROUND; i++) {
            last = inspector.inspect(ALL);
        }
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(80);
        Inspection seen = last;
        assertThat(libvirt.guests)
                .allSatisfy(guest -> assertThat(nova(seen, guest)).isEqualTo("renamed"));
    }

    @Test
    void oneBrokenGuestHidesNoOther() throws Exception {
        guests(16);
        libvirt.guests.get(5).isBroken = true;
        Inspection inspection = inspector.inspect(ALL);
        assertThat(inspection.domains()).hasSize(15).extracting(Domain::id).doesNotContain(libvirt.guests.get(5).uuid);
        assertThat(inspection.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.domain()).isEqualTo(libvirt.guests.get(5).uuid);
            assertThat(fault.kind()).isEqualTo(DomainFault.Kind.NO_COUNTERS);
            assertThat(fault.detail()).contains("is broken");
        });
        assertThat(libvirt.calls("virDomainListGetStats")).isEqualTo(8); // two of each size 8, 4, 2, 1
        libvirt.guests.get(5).isBroken = false;
        assertThat(inspector.inspect(ALL).domains()).hasSize(16);
        assertThat(libvirt.calls("virDomainListGetStats")).isEqualTo(8);
    }

    @Test
    void whatIsWrongWithDescriptionsIsTold() throws Exception {
        guests(4);
        libvirt.guests.get(0).xml = "<domain>";
        libvirt.guests.get(1).xml = "<domain/>";
        libvirt.guests.get(2).xml = "";
        Inspection inspection = inspector.inspect(ALL);
        assertThat(inspection.domains()).hasSize(4).allSatisfy(domain -> assertThat(domain.cpu())
                .isNotNull());
        assertThat(inspection.faults())
                .extracting(DomainFault::kind)
                .containsExactly(
                        DomainFault.Kind.BAD_DESCRIPTION, DomainFault.Kind.NOT_NOVA, DomainFault.Kind.NO_DESCRIPTION);
        libvirt.guests.get(2).xml = "<domain/>";
        inspector.inspect(ALL); // only what could not be read at all is tried again
        assertThat(libvirt.calls("virDomainGetXMLDesc")).isEqualTo(5);
    }

    @Test
    void stoppedGuestsAreOnlyThereIfTheyAreWanted() throws Exception {
        guests(2);
        libvirt.guests.get(1).id = -1;
        libvirt.guests.get(1).stats = DomainStatsText.of("d", "state.state=5", "vcpu.current=2", "vcpu.maximum=2");
        assertThat(inspector.inspect(ALL).domains()).hasSize(1);
        Inspection both = inspector.inspect(Set.of(CounterGroup.CPU, CounterGroup.STOPPED));
        assertThat(both.domains()).hasSize(2);
        assertThat(both.faults()).isEmpty();
    }

    @Test
    void aDriverWithoutTheFlagIsAskedWithoutIt() throws Exception {
        libvirt.knowsNoWait = false;
        guests(1);
        inspector.inspect(ALL);
        inspector.inspect(ALL);
        assertThat(libvirt.calls("virConnectGetAllDomainStats")).isEqualTo(3);
    }

    @Test
    void aBrokenConnectionIsReplacedWithinTheInspection() throws Exception {
        guests(3);
        inspector.inspect(ALL);
        libvirt.breakConnections();
        assertThat(inspector.inspect(ALL).domains()).hasSize(3);
        assertThat(inspector.status().connections()).isEqualTo(2);
    }

    @Test
    void anAbsentHypervisorIsTriedWithBackOff() throws Exception {
        guests(1);
        libvirt.isReachable = false;
        fails(inspector, HypervisorException.Kind.UNREACHABLE, "Failed to connect socket");
        fails(inspector, HypervisorException.Kind.UNREACHABLE, "tried again in");
        assertThat(inspector.status().attempts()).isEqualTo(1);
        ahead.addAndGet(Backoff.FIRST.toNanos());
        fails(inspector, HypervisorException.Kind.UNREACHABLE, "Failed to connect socket");
        libvirt.isReachable = true;
        fails(inspector, HypervisorException.Kind.UNREACHABLE, "tried again in");
        ahead.addAndGet(Backoff.LONGEST.toNanos());
        assertThat(inspector.inspect(ALL).domains()).hasSize(1);
        assertThat(inspector.status().attempts()).isEqualTo(3);
    }

    @Test
    void aHangingCallIsLeftBehindAndAnotherOneMeasures() throws Exception {
        guests(3);
        CountDownLatch hang = new CountDownLatch(1);
        libvirt.hang = hang;
        try (LibvirtInspector patient = inspector(LibvirtOptions.of("fake:///").withCallTimeout(SHORT))) {
            FutureTask<Inspection> inspecting = new FutureTask<>(() -> patient.inspect(ALL));
            Thread.ofVirtual().start(inspecting);
            libvirt.hanging.await();
            libvirt.hang = null; // as a guest that is busy: the next call does not wait for it
            assertThat(inspecting.get(30, TimeUnit.SECONDS).domains()).hasSize(3);
            assertThat(patient.status().hanging()).isEqualTo(1);
            assertThat(patient.status().timeouts()).isEqualTo(1);
            hang.countDown();
            Await.until(() -> patient.status().hanging() == 0);
            assertThat(patient.inspect(ALL).domains()).hasSize(3);
        }
    }

    @Test
    void hangingCallsAreBoundedAndTheAgentGoesOnWhenTheyComeBack() throws Exception {
        guests(1);
        CountDownLatch hang = new CountDownLatch(1);
        libvirt.hang = hang;
        LibvirtOptions options =
                LibvirtOptions.of("fake:///").withCallTimeout(SHORT).withMaxHanging(3);
        try (LibvirtInspector patient = inspector(options)) {
            fails(patient, HypervisorException.Kind.TIMEOUT, "has not come back within 1s");
            assertThat(patient.status().hanging()).isEqualTo(2);
            fails(patient, HypervisorException.Kind.TIMEOUT, "3 calls hang");
            fails(patient, HypervisorException.Kind.TIMEOUT, "3 calls hang");
            assertThat(libvirt.calls("virConnectGetAllDomainStats")).isEqualTo(3);
            libvirt.hang = null;
            hang.countDown();
            Await.until(() -> patient.status().hanging() == 0);
            assertThat(patient.inspect(ALL).domains()).hasSize(1);
        }
    }

    @Test
    void aHangingOpenIsATimeoutToo() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        libvirt.hangOpen = hang;
        try (LibvirtInspector patient = inspector(LibvirtOptions.of("fake:///").withCallTimeout(SHORT))) {
            fails(patient, HypervisorException.Kind.TIMEOUT, "opening a connection");
            libvirt.hangOpen = null;
            hang.countDown();
            Await.until(() -> patient.status().hanging() == 0);
        }
    }

    @Test
    void anInterruptedInspectionLeavesItsCallBehind() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        libvirt.hang = hang;
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
            try {
                inspector.inspect(ALL);
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        });
        Thread thread = Thread.ofVirtual().start(interrupted);
        libvirt.hanging.await();
        thread.interrupt();
        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inspector.status().hanging()).isEqualTo(1);
        libvirt.hang = null;
        hang.countDown();
        Await.until(() -> inspector.status().hanging() == 0);
        assertThat(inspector.inspect(ALL).domains()).isEmpty();
    }

    @Test
    void aMissingLibraryIsToldAndLookedForAgain() throws Exception {
        List<String> asked = new ArrayList<>();
        try (LibvirtInspector without =
                new LibvirtInspector(LibvirtOptions.of("fake:///"), InstantSource.fixed(NOW), ticker, () -> {
                    asked.add("once");
                    if (asked.size() == 1) {
                        throw new HypervisorException(HypervisorException.Kind.NO_LIBRARY, "there is no libvirt.so.0");
                    }
                    return started;
                })) {
            fails(without, HypervisorException.Kind.NO_LIBRARY, "there is no libvirt.so.0");
            ahead.addAndGet(Backoff.FIRST.toNanos());
            assertThat(without.inspect(ALL).domains()).isEmpty();
        }
    }

    @Test
    void aLibraryWithoutAFunctionIsNoLibrary() {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> Libvirt.start(name -> name.equals("virDomainListGetStats")
                        ? java.util.Optional.empty()
                        : libvirt.symbols().find(name)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(HypervisorException.Kind.NO_LIBRARY))
                .withMessageContaining("virDomainListGetStats");
    }

    @Test
    void closedBeforeTheFirstInspectionAndTwice() {
        inspector.close();
        inspector.close();
        fails(inspector, HypervisorException.Kind.UNREACHABLE, "closed");
    }

    private static void fails(LibvirtInspector inspector, HypervisorException.Kind kind, String message) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> inspector.inspect(ALL))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .withMessageContaining(message);
    }

    private static String nova(Inspection inspection, FakeLibvirt.Guest guest) {
        Domain found = inspection.domains().stream()
                .filter(domain -> domain.id().equals(guest.uuid))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(
                        Objects.requireNonNull(found.description()).nova())
                .name();
    }
}
