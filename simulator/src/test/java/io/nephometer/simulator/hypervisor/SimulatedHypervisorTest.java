// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SimulatedHypervisorTest {
    private static final Set<CounterGroup> ALL = EnumSet.allOf(CounterGroup.class);
    private static final Set<CounterGroup> RUNNING = EnumSet.complementOf(EnumSet.of(CounterGroup.STOPPED));

    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(new SimulatedClock(Instant.parse("2026-03-01T10:00:00Z")), 2, 5)
                    .withRates(LifeRates.none()));
    private final SimulatedHypervisor first = cloud.hypervisor("compute-0001");
    private final SimulatedHypervisor second = cloud.hypervisor("compute-0002");
    private final Server server = cloud.cloud().guestsOf("compute-0001").getFirst();

    private static Domain domain(SimulatedHypervisor hypervisor, String id) throws Exception {
        return hypervisor.inspect(ALL).domains().stream()
                .filter(domain -> domain.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** All that only grows. */
    private static List<Long> cumulative(Domain domain) {
        List<Long> values = new ArrayList<>();
        CpuCounters cpu = Objects.requireNonNull(domain.cpu());
        values.add(Objects.requireNonNull(cpu.timeNs()));
        domain.disks().forEach(disk -> {
            values.add(Objects.requireNonNull(disk.readRequests()));
            values.add(Objects.requireNonNull(disk.readBytes()));
            values.add(Objects.requireNonNull(disk.readNs()));
            values.add(Objects.requireNonNull(disk.writeRequests()));
            values.add(Objects.requireNonNull(disk.writeBytes()));
            values.add(Objects.requireNonNull(disk.writeNs()));
        });
        domain.interfaces().forEach(nic -> {
            values.add(Objects.requireNonNull(nic.receivedBytes()));
            values.add(Objects.requireNonNull(nic.receivedPackets()));
            values.add(Objects.requireNonNull(nic.sentBytes()));
            values.add(Objects.requireNonNull(nic.sentPackets()));
        });
        values.addAll(domain.perf().values().stream().sorted().toList());
        return values;
    }

    @Test
    void countersGrowAndNeverShrink() throws Exception {
        List<Long> before = cumulative(domain(first, server.id()));
        List<Long> start = before;
        for (int i = 0; i < 500; i++) {
            cloud.advance(Duration.ofSeconds(10));
            List<Long> after = cumulative(domain(first, server.id()));
            assertThat(after).hasSameSizeAs(before);
            for (int k = 0; k < after.size(); k++) {
                assertThat(after.get(k)).isGreaterThanOrEqualTo(before.get(k));
            }
            before = after;
        }
        assertThat(before.getFirst()).isGreaterThan(start.getFirst() + 50_000_000_000L);
    }

    @Test
    void processorTimeFitsTheProcessors() throws Exception {
        long before = cumulative(domain(first, server.id())).getFirst();
        cloud.advance(Duration.ofSeconds(100));
        long used = cumulative(domain(first, server.id())).getFirst() - before;

        assertThat(used)
                .isPositive()
                .isLessThan(100_000_000_000L * server.flavor().vcpus());
    }

    @Test
    void rebootResetsTheCounters() throws Exception {
        List<Long> before = cumulative(domain(first, server.id()));

        cloud.operations().reboot(server.id());
        cloud.advance(Duration.ofSeconds(2));

        assertThat(cumulative(domain(first, server.id())).getFirst())
                .isPositive()
                .isLessThan(before.getFirst());
    }

    @Test
    void migrationMovesTheDomainAndResetsItsCounters() throws Exception {
        long before = cumulative(domain(first, server.id())).getFirst();

        cloud.operations().liveMigrate(server.id(), cloud.cloud().hosts().get(1));
        cloud.advance(Duration.ofSeconds(5));

        assertThat(first.inspect(ALL).domains()).extracting(Domain::id).doesNotContain(server.id());
        assertThat(cumulative(domain(second, server.id())).getFirst())
                .isPositive()
                .isLessThan(before);
    }

    @Test
    void stoppedDomainsAreShownOnlyIfWantedAndWithSizesAlone() throws Exception {
        cloud.operations().stop(server.id());
        cloud.advance(Duration.ofSeconds(5));

        assertThat(first.inspect(RUNNING).domains()).hasSize(4);
        Domain stopped = domain(first, server.id());
        assertThat(stopped.state()).isEqualTo(DomainState.SHUTOFF);
        assertThat(stopped.cpu())
                .isEqualTo(new CpuCounters(null, server.flavor().vcpus()));
        assertThat(stopped.disks()).allMatch(disk -> disk.readBytes() == null && disk.capacity() != null);
    }

    @Test
    void onlyWantedGroupsAreTold() throws Exception {
        Domain domain = first.inspect(EnumSet.of(CounterGroup.CPU)).domains().getFirst();

        assertThat(domain.cpu()).isNotNull();
        assertThat(domain.memory()).isNull();
        assertThat(domain.disks()).isEmpty();
        assertThat(domain.interfaces()).isEmpty();
        assertThat(domain.perf()).isEmpty();
    }

    @Test
    void descriptionKeepsTheNameUntilTheDomainIsDescribedAnew() throws Exception {
        cloud.operations().rename(server.id(), "renamed");
        assertThat(nova(domain(first, server.id())).name()).isEqualTo(server.name());

        cloud.operations().stop(server.id());
        cloud.advance(Duration.ofSeconds(5));
        cloud.operations().start(server.id());
        cloud.advance(Duration.ofSeconds(5));

        NovaMetadata nova = nova(domain(first, server.id()));
        assertThat(nova.name()).isEqualTo("renamed");
        assertThat(nova.projectId()).isEqualTo(server.project().id());
        assertThat(nova.flavor().memoryMiB()).isEqualTo(server.flavor().ram());
    }

    private static NovaMetadata nova(Domain domain) {
        DomainDescription description = Objects.requireNonNull(domain.description());
        return Objects.requireNonNull(description.nova());
    }

    @Test
    void oneBrokenDomainDoesNotHideTheOthers() throws Exception {
        first.faults().breakDomain(server.id(), DomainFault.Kind.NO_COUNTERS);

        Inspection inspection = first.inspect(ALL);

        assertThat(inspection.domains()).hasSize(4);
        assertThat(inspection.faults()).extracting(DomainFault::domain).containsExactly(server.id());
    }

    @Test
    void aForeignDomainIsToldAsSuch() throws Exception {
        first.faults().addForeign(List.of("0f0e0d0c-0b0a-4908-8706-050403020100"));

        Inspection inspection = first.inspect(ALL);

        assertThat(inspection.domains()).hasSize(6);
        assertThat(inspection.faults()).extracting(DomainFault::kind).containsExactly(DomainFault.Kind.NOT_NOVA);
    }

    @Test
    void anUnreachableHypervisorSaysSoUntilItIsBack() throws Exception {
        first.faults().fail(HypervisorException.Kind.UNREACHABLE);
        assertThatThrownBy(() -> first.inspect(ALL))
                .isInstanceOfSatisfying(HypervisorException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(HypervisorException.Kind.UNREACHABLE));

        first.faults().clear();
        assertThat(first.inspect(ALL).domains()).hasSize(5);
        assertThat(first.inspections()).isEqualTo(2);
    }

    @Test
    void aHangingInspectionEndsWhenItIsInterrupted() throws Exception {
        first.faults().hang();
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                first.inspect(ALL);
            } catch (HypervisorException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        thread.interrupt();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        thread.join();
    }
}
