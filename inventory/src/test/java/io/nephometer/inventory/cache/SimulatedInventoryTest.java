// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Instance;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Operations;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The cache over HTTP, against a cloud that lives. */
class SimulatedInventoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final CacheOptions ON = CacheOptions.DEFAULTS;
    private static final CacheOptions OFF = CacheOptions.DEFAULTS.withCaching(false);

    private static List<Server> active(SimulatedAgent agent) {
        return agent.cloud().cloud().servers().stream()
                .filter(server -> server.host() != null && server.host().name().equals(agent.host()))
                .filter(server -> !server.isDeleted() && server.isIdle())
                .filter(server -> agent.cloud().cloud().guestsOf(agent.host()).stream()
                        .anyMatch(guest -> guest.id().equals(server.id())))
                .toList();
    }

    /** What the cloud has, in the form in which the agent knows it. */
    private static Map<String, String> truth(SimulatedAgent agent, boolean metadata) {
        Map<String, String> truth = new TreeMap<>();
        for (Server server : agent.cloud().cloud().servers()) {
            if (server.host() != null && server.host().name().equals(agent.host()) && !server.isDeleted()) {
                truth.put(
                        server.id(),
                        server.name() + " " + server.flavor().id()
                                + (metadata ? new TreeMap<>(server.metadata()) : ""));
            }
        }
        return truth;
    }

    private static Map<String, String> known(SimulatedAgent agent, boolean metadata) {
        Map<String, String> known = new TreeMap<>();
        for (Map.Entry<String, Instance> entry : agent.instances().entrySet()) {
            Instance instance = entry.getValue();
            String flavor = instance.flavor() == null
                    ? "no flavor"
                    : String.valueOf(instance.flavor().id());
            known.put(
                    entry.getKey(),
                    instance.server().name() + " " + flavor
                            + (metadata ? new TreeMap<>(instance.server().metadata()) : ""));
        }
        return known;
    }

    private static long asked(SimulatedAgent agent, String service, String path, QueryKind kind) {
        return agent.cloud()
                .requests()
                .count(asked -> asked.service().equals(service) && asked.path().contains(path) && asked.kind() == kind);
    }

    @Test
    void cacheOn_60Cycles_oneListOfChangesEach_noFlavorsAndImagesAfterTheFirst() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(100, LifeRates.none(), ON)) {
            assertThat(agent.cycle(MINUTE).kind()).isEqualTo(Refresh.Kind.FULL);
            assertThat(agent.instances()).hasSize(100);
            agent.cloud().requests().clear();
            for (int cycle = 1; cycle < 60; cycle++) {
                assertThat(agent.cycle(Duration.ofSeconds(10)).outcome()).isEqualTo(Refresh.Outcome.DONE);
            }
            assertThat(asked(agent, "nova", "/servers/detail", QueryKind.DELTA)).isEqualTo(59);
            assertThat(agent.cloud().requests().count(asked -> !asked.service().equals("keystone")))
                    .isEqualTo(59);
        }
    }

    @Test
    void cacheOff_60Cycles_listsAllEachTime_withFlavorsAndImages() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(100, LifeRates.none(), OFF)) {
            for (int cycle = 0; cycle < 60; cycle++) {
                assertThat(agent.cycle(Duration.ofSeconds(10)).outcome()).isEqualTo(Refresh.Outcome.DONE);
            }
            assertThat(asked(agent, "nova", "/servers/detail", QueryKind.FULL)).isEqualTo(60);
            assertThat(asked(agent, "glance", "/images/", QueryKind.ITEM)).isGreaterThanOrEqualTo(60);
            assertThat(agent.cloud().requests().count(asked -> asked.path().contains("flavors")))
                    .isGreaterThanOrEqualTo(60);
        }
    }

    @Test
    void setMetadata_rename_andDeletion_areSeenInTheNextCycle() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            List<Server> servers = active(agent);
            Operations operations = agent.cloud().operations();
            operations.setMetadata(servers.get(0).id(), "metering.new", "v");
            operations.rename(servers.get(1).id(), "renamed");
            operations.delete(servers.get(2).id());
            assertThat(agent.cycle(MINUTE).kind()).isEqualTo(Refresh.Kind.CHANGES);
            assertThat(known(agent, true)).isEqualTo(truth(agent, true)).hasSize(9);
        }
    }

    @Test
    void resizedServer_hasItsNewFlavorInTheNextCycle() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            Server server = active(agent).getFirst();
            agent.cloud()
                    .operations()
                    .resize(
                            server.id(),
                            agent.cloud().cloud().flavors().stream()
                                    .filter(flavor -> !flavor.equals(server.flavor()))
                                    .findFirst()
                                    .orElseThrow(),
                            agent.cloud().cloud().hosts().getFirst());
            agent.cycle(MINUTE);
            assertThat(known(agent, true)).isEqualTo(truth(agent, true));
        }
    }

    @Test
    void serverThatMovesAway_leavesInTheNextCycle() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            Host other = agent.cloud().cloud().hosts().getLast();
            Server moved = active(agent).getFirst();
            agent.cycle(Duration.ofMinutes(5));
            agent.cloud().operations().liveMigrate(moved.id(), other);
            Refresh refresh = agent.cycle(MINUTE);
            assertThat(refresh.requests().servers()).isEqualTo(1);
            assertThat(agent.instances()).doesNotContainKey(moved.id()).hasSize(9);
        }
    }

    @Test
    void deletedMetadata_andTags_areSeenWithinTheExpiry() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            Server server = active(agent).getFirst();
            String key = server.metadata().keySet().iterator().next();
            agent.cycle(Duration.ofMinutes(5));
            agent.cloud().operations().unsetMetadata(server.id(), key);
            agent.cloud().operations().tag(server.id(), List.of("healed"));
            agent.cycle(MINUTE);
            assertThat(known(agent, true)).isNotEqualTo(truth(agent, true));
            for (int cycle = 0; cycle < 54; cycle++) {
                agent.cycle(MINUTE);
            }
            assertThat(known(agent, true)).isEqualTo(truth(agent, true));
            assertThat(agent.inventory()
                            .instance(server.id())
                            .value()
                            .orElseThrow()
                            .server()
                            .tags())
                    .containsExactly("healed");
        }
    }

    @Test
    void novaDownForAWhile_nothingVanishes_ageGrows_thenAllIsCaughtUp() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            agent.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(503, null)).on("nova"));
            agent.cloud().operations().setMetadata(active(agent).getFirst().id(), "metering.down", "v");
            List<Duration> ages = new ArrayList<>();
            for (int cycle = 0; cycle < 10; cycle++) {
                assertThat(agent.cycle(OutagePause.LONGEST).outcome()).isEqualTo(Refresh.Outcome.FAILED);
                assertThat(agent.instances()).hasSize(10);
                ages.add(agent.inventory().report().age());
            }
            assertThat(ages).isSorted().doesNotHaveDuplicates();
            assertThat(ages.getLast()).isGreaterThanOrEqualTo(OutagePause.LONGEST.multipliedBy(10));
            agent.cloud().faults().clear();
            assertThat(agent.cycle(OutagePause.LONGEST).outcome()).isEqualTo(Refresh.Outcome.DONE);
            assertThat(known(agent, true)).isEqualTo(truth(agent, true));
        }
    }

    @Test
    void cellDown_emptiesNothingAtOnce() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            agent.cloud().faults().downCells(Set.of(0, 1));
            assertThat(agent.cycle(Duration.ofHours(1)).outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
            assertThat(agent.instances()).hasSize(10);
            agent.cloud().faults().clear();
            assertThat(agent.cycle(MINUTE).outcome()).isEqualTo(Refresh.Outcome.DONE);
            assertThat(agent.instances()).hasSize(10);
        }
    }

    @Test
    void cellDownForTwoHours_takesNothingAway_isSaidInEachCycle_andCostsLittle() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            agent.cycle(Duration.ofHours(1));
            agent.cloud().faults().downCells(Set.of(0, 1));
            Duration healthy = agent.inventory().report().age();
            assertThat(agent.cycle(Duration.ofHours(1)).outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
            int whole = 0;
            for (int minute = 0; minute < 120; minute++) {
                Refresh refresh = agent.cycle(MINUTE);
                assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
                assertThat(agent.instances()).hasSize(10);
                whole += refresh.kind() == Refresh.Kind.FULL ? 1 : 0;
                assertThat(refresh.requests().servers()).isLessThanOrEqualTo(1);
            }
            assertThat(whole).isBetween(20, 25);
            assertThat(agent.inventory().report().age()).isGreaterThanOrEqualTo(healthy.plusHours(3));

            agent.cloud().operations().setMetadata(active(agent).getFirst().id(), "metering.down", "v");
            agent.cloud().faults().clear();
            for (int minute = 0; minute < 5; minute++) {
                agent.cycle(MINUTE);
            }
            assertThat(agent.inventory().report().failures()).isZero();
            assertThat(known(agent, true)).isEqualTo(truth(agent, true));
        }
    }

    @Test
    void controllersClockSet_losesNoChange() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(10, LifeRates.none(), ON)) {
            agent.cycle(MINUTE);
            List<Server> servers = active(agent);
            for (Duration skew : List.of(Duration.ofMinutes(-20), Duration.ofMinutes(20), Duration.ZERO)) {
                agent.cloud().cloud().skewClock(skew);
                agent.cloud().operations().setMetadata(servers.getFirst().id(), "metering.skew", skew.toString());
                assertThat(agent.cycle(MINUTE).kind()).isEqualTo(Refresh.Kind.FULL);
                assertThat(agent.inventory().report().clockAhead()).isEqualTo(skew.negated());
                assertThat(known(agent, true)).isEqualTo(truth(agent, true));
                agent.cloud().operations().setMetadata(servers.getLast().id(), "metering.skew", skew.toString());
                assertThat(agent.cycle(MINUTE).kind()).isEqualTo(Refresh.Kind.CHANGES);
                assertThat(known(agent, true)).isEqualTo(truth(agent, true));
            }
        }
    }

    @Test
    void livelyCloud_isFollowedCycleByCycle_butForDeletedMetadata() throws Exception {
        try (SimulatedAgent agent = new SimulatedAgent(30, LifeRates.lively(), ON)) {
            Set<String> late = new TreeSet<>();
            for (int cycle = 0; cycle < 60; cycle++) {
                agent.cycle(MINUTE);
                Map<String, String> truth = truth(agent, false);
                Map<String, String> known = known(agent, false);
                truth.forEach((id, text) -> {
                    if (!text.equals(known.get(id))) {
                        late.add(id + " " + text + " / " + known.get(id));
                    }
                });
                known.keySet().stream().filter(id -> !truth.containsKey(id)).forEach(late::add);
            }
            assertThat(late).isEmpty();
        }
    }
}
