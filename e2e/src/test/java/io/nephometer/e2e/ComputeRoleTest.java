// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.model.Sample;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import io.nephometer.testkit.servers.PrivateLibvirt;
import io.nephometer.testkit.servers.PrivateRabbitMq;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compute agent and a collector, each a process of its own, with a real libvirtd, real guests and a real broker between them;
 * Keystone, Nova and Glance are simulated and know the guests as servers.
 */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComputeRoleTest {
    private static final int GUESTS = 2;

    private final PrivateLibvirt libvirt = new PrivateLibvirt();
    private final PrivateRabbitMq broker = Servers.rabbit();
    private final SimulatedCloud cloud = new SimulatedCloud(
            SimulatedCloudOptions.of(Clock.systemUTC(), 1, GUESTS).withRates(LifeRates.none()));

    private Path folder = Path.of("");
    private CollectorSetup collecting = CollectorSetup.of(folder, "", "");
    private AgentSetup measuring = new AgentSetup(folder, cloud, "", "");

    @BeforeAll
    void startGuests() throws Exception {
        cloud.start();
        libvirt.start();
        new Guests(libvirt).create(cloud.cloud().servers());
    }

    @AfterAll
    void end() {
        libvirt.close();
        cloud.close();
    }

    @BeforeEach
    void configure(@TempDir Path fresh) {
        folder = fresh;
        collecting = CollectorSetup.of(folder, broker.url(), "sqlite:" + folder.resolve("ledger.db"))
                .withQueue("polled-" + System.identityHashCode(folder));
        measuring = new AgentSetup(folder, cloud, libvirt.uri(), broker.url());
    }

    /** Whatever a test took away is there for the next one. */
    @AfterEach
    void repair() throws Exception {
        cloud.faults().clear();
        libvirt.start();
        broker.start();
        try (Bus bus = new Bus(broker)) {
            bus.delete(collecting.queue());
        }
    }

    @Test
    void guestsAreMeasuredWithWhatNovaKnowsOfThem() throws Exception {
        Server server = cloud.cloud().servers().getFirst();
        cloud.operations().setMetadata(server.id(), "metering.team", "blue");
        try (CollectorProcess collector = collector();
                AgentProcess agent = AgentProcess.start(measuring)) {
            agent.await("three slots in the ledger", () -> samples().slots().size() >= 3);
            Sample cpu = samples().latest("cpu", server.id());
            assertThat(cpu.volume().longValue()).isPositive();
            assertThat(cpu.projectId()).isEqualTo(server.project().id());
            assertThat(cpu.userId()).isEqualTo(server.user().id());
            assertThat(cpu.metadata())
                    .containsEntry("display_name", server.name())
                    .containsEntry("instance_host", AgentSetup.HOST)
                    .containsEntry("image_ref", server.image().id());
            assertThat(part(cpu, "flavor"))
                    .containsEntry("id", server.flavor().id())
                    .containsEntry("name", server.flavor().name());
            assertThat(part(cpu, "image"))
                    .containsEntry("id", server.image().id())
                    .containsEntry("name", server.image().name());
            assertThat(part(cpu, "user_metadata")).containsEntry("team", "blue");

            cloud.operations().setMetadata(server.id(), "metering.team", "green");
            agent.await("the change is in a sample", () -> "green"
                    .equals(part(samples().latest("cpu", server.id()), "user_metadata")
                            .get("team")));
            agent.stop();
            assertComplete(collector);
            assertThat(run("query", "samples", "--store", collecting.store(), "--resource", server.id()))
                    .contains("power.state")
                    .contains(server.project().id());
        }
    }

    @Test
    void whatIsMeasuredWithoutABrokerArrivesInOrderThoughTheAgentIsKilled() throws Exception {
        try (CollectorProcess collector = collector()) {
            Instant outage;
            Instant killed;
            long measured;
            try (AgentProcess agent = AgentProcess.start(measuring)) {
                agent.await("a slot in the ledger", () -> !samples().slots().isEmpty());
                broker.stop();
                outage = samples().slots().last().plusMillis(1);
                agent.await("three slots wait on disk", () -> agent.metric("nephometer_spool_messages") >= 3);
                measured = agent.cycles();
                agent.kill();
                killed = Instant.now();
            }
            assertThat(samples().slots()).as("nothing arrived meanwhile").noneMatch(outage::isBefore);
            try (AgentProcess agent = AgentProcess.start(measuring)) {
                assertThat(agent.metric("nephometer_spool_messages")).isGreaterThanOrEqualTo(3);
                agent.awaitCycles(1);
                broker.start();
                agent.await("the spool is empty", () -> agent.metric("nephometer_spool_messages") == 0);
                agent.awaitCycles(1);
                agent.stop();
                assertComplete(collector);
            }
            assertThat(samples().slots().headSet(killed)).hasSizeGreaterThanOrEqualTo((int) measured);
            assertThat(samples().arrivals(outage, killed))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .isSorted();
            assertThat(run("store", "size", "--store", collecting.store())).containsPattern("incarnations\\D+2\\D");
            assertThat(PolledSamples.clashes(collecting.store()))
                    .as("a restart is no clash")
                    .isEmpty();
        }
    }

    @Test
    void measuringGoesOnWithoutNovaAndAfterLibvirtRestarts() throws Exception {
        try (CollectorProcess collector = collector();
                AgentProcess agent = AgentProcess.start(measuring)) {
            agent.await("a slot in the ledger", () -> !samples().slots().isEmpty());
            assertThat(agent.health("metadata cache")).contains("status=up");

            cloud.faults().add(FaultRule.always(new Fault.Status(503, null)).on("nova"));
            agent.await("the refresh fails", () -> agent.cache().get("failure") != null);
            double age = age(agent.cache());
            agent.awaitCycles(3);
            assertThat(age(agent.cache())).isGreaterThan(age + 2 * AgentSetup.INTERVAL_SECONDS);
            assertThat(run("cache", "show", "--url", agent.url()))
                    .contains("age_s")
                    .contains("503");
            assertThat(agent.health("metadata cache"))
                    .contains("status=degraded")
                    .contains("503");
            assertThat(agent.health("polling")).contains("status=up");

            cloud.faults().clear();
            agent.await("Nova is asked again", () -> agent.cache().get("failure") == null);
            libvirt.restart();
            agent.awaitCycles(2);
            agent.stop();
            assertComplete(collector);
        }
    }

    @Test
    void anAgentThatStartsAloneSaysSoAndMeasuresWhenTheOthersAppear() throws Exception {
        libvirt.stop();
        broker.stop();
        cloud.faults().add(FaultRule.always(new Fault.Reset()));
        try (AgentProcess agent = AgentProcess.start(measuring)) {
            agent.await(
                    "health says what is missing",
                    () -> agent.health("polling").contains("missing: ")
                            && agent.health("sample bus").contains("unreachable"));
            assertThat(agent.cycles()).isZero();
            libvirt.start();
            agent.await(
                    "slots wait on disk",
                    () -> agent.metric("nephometer_polling_samples_total") > 0
                            && agent.metric("nephometer_spool_messages") > 0);
            assertThat(agent.health("metadata cache")).contains("status=degraded");
            cloud.faults().clear();
            broker.start();
            try (CollectorProcess collector = collector()) {
                agent.await("the spool is empty", () -> agent.metric("nephometer_spool_messages") == 0);
                agent.awaitCycles(1);
                agent.await(
                        "all is well",
                        () -> agent.health("polling").contains("status=up")
                                && agent.health("metadata cache").contains("status=up")
                                && agent.health("sample bus").contains("status=up"));
                agent.stop();
                assertComplete(collector);
            }
        }
    }

    /** A collector that consumes, and whose ledger is there. */
    private CollectorProcess collector() throws Exception {
        CollectorProcess collector = CollectorProcess.start(collecting).awaitConnected();
        collector.awaitLedger();
        return collector;
    }

    /** All that left the agent is in the ledger, once, each slot whole and at its start. */
    private void assertComplete(CollectorProcess collector) throws Exception {
        try (Bus bus = new Bus(broker)) {
            bus.awaitEmpty(collecting, collector);
        }
        PolledSamples all = samples();
        assertThat(all.samples()).isNotEmpty();
        assertThat(all.doubled()).isEmpty();
        assertThat(all.incomplete(GUESTS)).isEmpty();
        assertThat(all.slots())
                .allMatch(slot -> slot.getNano() == 0 && slot.getEpochSecond() % AgentSetup.INTERVAL_SECONDS == 0);
    }

    private PolledSamples samples() {
        return PolledSamples.read(collecting.store());
    }

    private static double age(Map<?, ?> cache) {
        return ((Number) Objects.requireNonNull(cache.get("age_s"))).doubleValue();
    }

    private static Map<String, Object> part(Sample sample, String key) {
        @SuppressWarnings("unchecked") // JSON has no other maps
        Map<String, Object> part = (Map<String, Object>) sample.metadata().getOrDefault(key, Map.of());
        return part;
    }

    /** Runs a command of the product, which must succeed; gives what it printed. */
    private static String run(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complaints = new StringWriter();
        int code = Main.run(new PrintWriter(printed, true), new PrintWriter(complaints, true), arguments);
        assertThat(code).as(complaints.toString()).isZero();
        return printed.toString();
    }
}
