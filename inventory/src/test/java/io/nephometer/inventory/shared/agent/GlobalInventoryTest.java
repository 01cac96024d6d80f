// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import static io.nephometer.inventory.shared.agent.SharedCloud.HOST;
import static io.nephometer.inventory.shared.agent.SharedCloud.START;
import static io.nephometer.inventory.shared.agent.SharedCloud.entry;
import static io.nephometer.inventory.shared.agent.SharedCloud.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an agent has of a shared cache that somebody else fills. */
class GlobalInventoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Sighting NOTHING = new Sighting(Set.of(), true);

    private final SharedCloud cloud = new SharedCloud();
    private final GlobalInventory agent = cloud.agent(HOST, null, GlobalOptions.DEFAULTS);

    private Refresh cycle() {
        cloud.clock.advance(MINUTE);
        return agent.refresh(NOTHING);
    }

    private Map<String, Instance> known() {
        return agent.instancesOf(HOST).value();
    }

    private String name(String id) {
        return String.valueOf(Objects.requireNonNull(known().get(id)).server().name());
    }

    private static SharedReport shared(CacheReport report) {
        return Objects.requireNonNull(report.shared());
    }

    @Test
    void theHostsInstancesAreRead_withFlavorAndImage_andNoOthers() throws Exception {
        cloud.offer(SharedCloud.flavor("m1.tiny"), SharedCloud.image("debian"));
        cloud.show(server("a", HOST, "one"), server("b", HOST, "two"), server("c", "compute-0002", "three"));
        Refresh refresh = cycle();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(refresh.changed()).isEqualTo(2);
        assertThat(known()).containsOnlyKeys("a", "b").allSatisfy((_, instance) -> {
            assertThat(Objects.requireNonNull(instance.flavor()).name()).isEqualTo("m1.tiny");
            assertThat(Objects.requireNonNull(instance.image()).name()).isEqualTo("debian");
        });
        assertThat(cloud.watched.trips()).isEqualTo(3);
    }

    @Test
    void whereNothingMoved_aCycleIsOneRoundTripThatCarriesNothing() throws Exception {
        cloud.show(server("a", HOST, "one"), server("b", HOST, "two"));
        cycle();
        long trips = cloud.watched.trips();
        long entries = cloud.watched.entries();
        for (int cycle = 0; cycle < 10; cycle++) {
            cloud.refreshed();
            assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        }
        assertThat(cloud.watched.trips() - trips).isEqualTo(10);
        assertThat(cloud.watched.entries()).isEqualTo(entries).isEqualTo(2);
    }

    @Test
    void aChangeOnAnotherHost_movesNothingHere_oneHereDoes() throws Exception {
        cloud.show(server("a", HOST, "one"), server("c", "compute-0002", "three"));
        cycle();
        cloud.put(entry(server("c", "compute-0002", "renamed")));
        cycle();
        assertThat(cloud.watched.entries()).isEqualTo(1);
        cloud.put(entry(server("a", HOST, "renamed")));
        cycle();
        assertThat(cloud.watched.entries()).isEqualTo(2);
        assertThat(name("a")).isEqualTo("renamed");
    }

    @Test
    void flavorsAndImages_areAskedForAgain_onlyWhenTheirShelfMoved() throws Exception {
        cloud.offer(SharedCloud.flavor("m1.tiny"), SharedCloud.image("debian"));
        cloud.show(server("a", HOST, "one"));
        cycle();
        cloud.put(entry(server("a", HOST, "renamed")));
        cycle();
        assertThat(cloud.watched.catalogs()).isEqualTo(2);
        cloud.offer(SharedCloud.image("debian 13"));
        cycle();
        assertThat(cloud.watched.catalogs()).isEqualTo(3);
        assertThat(agent.image("image").value().orElseThrow().name()).isEqualTo("debian 13");
        assertThat(agent.flavor("flavor").value().orElseThrow().name()).isEqualTo("m1.tiny");
        assertThat(agent.flavor("other").origin()).isEqualTo(Origin.NONE);
    }

    @Test
    void ageIsThatOfTheLastGoodRefresh_onTheCachesClock_andGrowsBetweenCycles() throws Exception {
        cloud.show(server("a", HOST, "one"));
        cycle();
        Answer<Map<String, Instance>> answer = agent.instancesOf(HOST);
        assertThat(answer.origin()).isEqualTo(Origin.SHARED);
        assertThat(answer.asOf()).isEqualTo(START);
        assertThat(answer.age()).isEqualTo(MINUTE);
        cloud.clock.advance(Duration.ofSeconds(5));
        assertThat(agent.instancesOf(HOST).age()).isEqualTo(Duration.ofSeconds(65));
        cloud.seat().record(Records.failed(cloud.clock.instant(), START), 0);
        cycle();
        assertThat(agent.instancesOf(HOST).age()).isEqualTo(Duration.ofSeconds(125));
        cloud.refreshed();
        cycle();
        assertThat(agent.instancesOf(HOST).age()).isEqualTo(MINUTE);
    }

    @Test
    void anInstanceThatCannotBeRead_isLeftOutAndNamed_theOthersAreThere() throws Exception {
        Entry broken = new Entry("b", HOST, 0, "{\"i\": \"no instance\"");
        cloud.show(List.of(entry(server("a", HOST, "one")), broken, entry(server("c", HOST, "three"))));
        Refresh refresh = cycle();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.INCOMPLETE);
        assertThat(refresh.detail()).contains("b=");
        assertThat(known()).containsOnlyKeys("a", "c");
        assertThat(shared(agent.report()).skipped()).containsOnlyKeys("b");
        assertThat(shared(agent.report()).counts()).containsEntry("skipped", 1L);
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.INCOMPLETE);
        assertThat(shared(agent.report()).counts()).containsEntry("skipped", 1L);
        cloud.put(entry(server("b", HOST, "two")));
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(known()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void half_ofWhatIsNeeded_isNotTaken() throws Exception {
        cloud.show(server("a", HOST, "one"));
        cloud.watched.catalogAway(true);
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(agent.instancesOf(HOST).origin()).isEqualTo(Origin.NONE);
        cloud.watched.catalogAway(false);
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(known()).containsOnlyKeys("a");
    }

    @Test
    void aCacheThatIsNotFilled_givesNothing_untilItIs() throws Exception {
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(agent.instancesOf(HOST).origin()).isEqualTo(Origin.NONE);
        assertThat(shared(agent.report()).state()).isEqualTo(SharedReport.State.NOT_FILLED);
        cloud.show(server("a", HOST, "one"));
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(known()).containsOnlyKeys("a");
        assertThat(shared(agent.report()).state()).isEqualTo(SharedReport.State.IN_USE);
    }

    @Test
    void aCacheThatIsEmptied_leavesWhatIsKnown_andItsAgeGrows_untilItIsFilledAgain() throws Exception {
        cloud.offer(SharedCloud.flavor("m1.tiny"), SharedCloud.image("debian"));
        cloud.show(server("a", HOST, "one"));
        cycle();
        cloud.cache.empty();
        for (int minute = 2; minute < 30; minute++) {
            assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.FAILED);
            assertThat(name("a")).isEqualTo("one");
            assertThat(agent.instancesOf(HOST).age()).isEqualTo(MINUTE.multipliedBy(minute));
        }
        cloud.offer(SharedCloud.flavor("m1.small"), SharedCloud.image("debian"));
        cloud.show(server("a", HOST, "renamed"), server("b", HOST, "two"));
        assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(name("a")).isEqualTo("renamed");
        // The new cache numbers its shelves anew; what was known of the old one does not count as known.
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(known().get("a")).flavor())
                        .name())
                .isEqualTo("m1.small");
    }

    @Test
    void withoutCredentials_nobodyIsAsked_andAgeAndCauseAreSaid() throws Exception {
        cloud.show(server("a", HOST, "one"));
        cycle();
        cloud.watched.away(true);
        Refresh refresh = cycle();
        for (int minute = 0; minute < 59; minute++) {
            refresh = cycle();
        }
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(refresh.detail()).contains("refused the connection", "no credentials");
        CacheReport report = agent.report();
        assertThat(report.age()).isEqualTo(MINUTE.multipliedBy(61));
        assertThat(report.failures()).isEqualTo(60);
        assertThat(report.counts().requests().total()).isZero();
        assertThat(shared(report).state()).isEqualTo(SharedReport.State.UNREACHABLE);
        assertThat(shared(report).since()).isEqualTo(START.plus(MINUTE.multipliedBy(2)));
        assertThat(shared(report).cause()).contains("refused the connection");
        assertThat(shared(report).fallsBackIn()).isNull();
        assertThat(known()).containsOnlyKeys("a");
    }

    @Test
    void readersOnOtherThreads_seeOneSetOrTheOther_neverAMixture() throws Exception {
        cloud.show(pair("set-0"));
        cycle();
        AtomicBoolean done = new AtomicBoolean();
        List<Map<String, Instance>> mixed = new ArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                Map<String, Instance> seen = known();
                if (seen.size() != 2
                        || seen.values().stream()
                                        .map(one -> one.server().name())
                                        .distinct()
                                        .count()
                                != 1) {
                    mixed.add(seen);
                }
            }
        });
        for (int set = 1; set <= 300; set++) {
            cloud.show(pair("set-" + set));
            assertThat(cycle().outcome()).isEqualTo(Refresh.Outcome.DONE);
        }
        done.set(true);
        reader.join();
        assertThat(mixed).isEmpty();
        assertThat(name("a")).isEqualTo("set-300");
    }

    private static Server[] pair(String name) {
        return new Server[] {server("a", HOST, name), server("b", HOST, name)};
    }

    @Test
    void theReportInJson_saysHowTheSharedCacheIs() throws Exception {
        cloud.show(server("a", HOST, "one"));
        cycle();
        Map<String, @Nullable Object> json = agent.report().json();
        assertThat(json).containsEntry("origin", "shared").containsEntry("age_s", 60.0);
        Map<?, ?> shared = (Map<?, ?>) Objects.requireNonNull(json.get("shared"));
        assertThat(shared.get("state")).isEqualTo("in_use");
        assertThat(shared.get("nothing_since")).isNull();
        assertThat(shared.get("skipped")).isEqualTo(Map.of());
        Map<?, ?> seen = (Map<?, ?>) Objects.requireNonNull(shared.get("seen"));
        assertThat(seen.get("set")).isEqualTo(1L);
        assertThat(seen.get("seat")).isEqualTo("test");
        assertThat(seen.get("last_refresh")).isInstanceOf(Map.class);
    }
}
