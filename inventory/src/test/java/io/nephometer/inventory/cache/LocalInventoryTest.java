// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static io.nephometer.inventory.cache.FakeCloud.HOST;
import static io.nephometer.inventory.cache.FakeCloud.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of changes, and what they do not show. */
class LocalInventoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeCloud cloud = new FakeCloud();
    private LocalInventory inventory = inventory(CacheOptions.DEFAULTS);

    private LocalInventory inventory(CacheOptions options) {
        return new LocalInventory(HOST, cloud, options, cloud.clock(), cloud::nanos);
    }

    @BeforeEach
    void threeServers() {
        cloud.addFlavor("flavor-1");
        cloud.addImage("image-1");
        cloud.boot("a");
        cloud.boot("b");
        cloud.boot("c");
        cloud.pass(Duration.ofMinutes(10));
    }

    private Refresh nextMinute() {
        cloud.pass(MINUTE);
        return inventory.refresh();
    }

    private Set<String> ids() {
        return inventory.instancesOf(HOST).value().keySet();
    }

    private Map<String, String> metadata(String id) {
        return inventory
                .instance(id)
                .value()
                .map(Instance::server)
                .orElseThrow()
                .metadata();
    }

    @Test
    void beforeTheFirstRefresh_nothingIsKnown_andSaidSo() {
        assertThat(inventory.instancesOf(HOST).origin()).isEqualTo(Origin.NONE);
        assertThat(inventory.instance("a").origin()).isEqualTo(Origin.NONE);
        assertThat(inventory.report().nextFull()).isNull();
    }

    @Test
    void firstRefresh_readsAll_thenOnlyChangesSinceTheLastPoll() {
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(ids()).containsExactly("a", "b", "c");
        assertThat(cloud.askedSince()).containsExactly("metadata_full", "flavor", "image");
        cloud.setNovaAhead(Duration.ofSeconds(5));

        cloud.change("b", Map.of("k", "v"));
        Refresh second = nextMinute();

        assertThat(second.kind()).isEqualTo(Refresh.Kind.CHANGES);
        assertThat(second.changed()).isEqualTo(1);
        assertThat(second.polled()).isEqualTo(cloud.novaNow());
        assertThat(metadata("b")).isEqualTo(Map.of("k", "v"));
        assertThat(cloud.askedSince()).containsExactly("metadata_delta");
        ServerQuery window = cloud.queries.getLast();
        assertThat(window.changedSince()).isEqualTo(START.plusSeconds(600 - 120));
        assertThat(window.changedBefore()).isEqualTo(START.plusSeconds(660 + 120));
    }

    @Test
    void afterAFailure_theWindowBeginsAtTheLastPollThatSucceeded() {
        inventory.refresh();
        cloud.novaFails = ApiFailure.SERVER_ERROR;
        cloud.change("a", Map.of("during", "the outage"));
        nextMinute();
        assertThat(nextMinute().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(ids()).containsExactly("a", "b", "c");
        assertThat(inventory.instancesOf(HOST).age()).isEqualTo(Duration.ofMinutes(2));
        assertThat(inventory.report().failures()).isEqualTo(2);
        assertThat(inventory.report().failure()).contains("as the test wants");

        cloud.novaFails = null;
        assertThat(nextMinute().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(cloud.queries.getLast().changedSince()).isEqualTo(START.plusSeconds(600 - 120));
        assertThat(metadata("a")).containsKey("during");
        assertThat(inventory.report().failures()).isZero();
        assertThat(inventory.instancesOf(HOST).age()).isZero();
    }

    @Test
    void anOutage_isAskedAboutLessAndLess_butNotLessThanOnceInFiveMinutes() {
        inventory.refresh();
        cloud.novaFails = ApiFailure.SERVER_ERROR;
        List<Integer> asked = new ArrayList<>();
        for (int minute = 1; minute <= 60; minute++) {
            if (nextMinute().outcome() == Refresh.Outcome.FAILED) {
                asked.add(minute);
            } else {
                assertThat(inventory.report().failure()).contains("as the test wants");
            }
        }
        assertThat(asked).hasSizeBetween(60 / 5, 25).startsWith(1, 2);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isLessThanOrEqualTo(5);
        }
        cloud.novaFails = null;
        int last = asked.getLast();
        for (int minute = 61; minute <= last + 5; minute++) {
            nextMinute();
        }
        assertThat(inventory.report().failures()).isZero();
    }

    @Test
    void pausesOfTwoHosts_endAtDifferentTimes() {
        assertThat(OutagePause.after(4, "cmp1")).isNotEqualTo(OutagePause.after(4, "cmp2"));
        for (long failures : new long[] {1, 2, 3, 4, 5, 100, Long.MAX_VALUE}) {
            assertThat(OutagePause.after(failures, "cmp1"))
                    .isBetween(OutagePause.FIRST.dividedBy(2), OutagePause.LONGEST);
        }
    }

    @Test
    void aDefect_isAFailedRefresh_andTheSetBeforeItStays() {
        inventory.refresh();
        cloud.defect = new IllegalArgumentException("Illegal hex characters");
        Refresh refresh = nextMinute();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(refresh.detail()).contains("a defect of the program", "Illegal hex characters");
        assertThat(inventory.report().failures()).isEqualTo(1);
        assertThat(ids()).containsExactly("a", "b", "c");
        cloud.defect = null;
        assertThat(nextMinute().outcome()).isEqualTo(Refresh.Outcome.DONE);
    }

    @Test
    void novasClockSetBack_readsAll_andLaterChangesAreSeenThoughTheirTimesAreEarlier() {
        cloud.change("a", Map.of("k", "late"));
        inventory.refresh();
        cloud.setNovaAhead(Duration.ofMinutes(-30));
        Refresh stepped = nextMinute();
        assertThat(stepped.kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(stepped.detail()).contains("clock was set by -1800 s");

        cloud.change("a", Map.of("k", "later"));
        assertThat(nextMinute().kind()).isEqualTo(Refresh.Kind.CHANGES);
        assertThat(metadata("a")).isEqualTo(Map.of("k", "later"));
    }

    @Test
    void novasClockSetForward_readsAll_soThatNothingIsLostBetween() {
        inventory.refresh();
        cloud.setNovaAhead(Duration.ofMinutes(30));
        cloud.change("a", Map.of("k", "v"));
        Refresh stepped = nextMinute();
        assertThat(stepped.kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(metadata("a")).isEqualTo(Map.of("k", "v"));
        assertThat(inventory.report().counts().events()).containsEntry("clock_step", 1L);
        assertThat(nextMinute().kind()).isEqualTo(Refresh.Kind.CHANGES);
    }

    @Test
    void clockStepWhoseWholeReadingFails_isNotForgotten() {
        inventory.refresh();
        cloud.setNovaAhead(Duration.ofMinutes(-30));
        cloud.pass(MINUTE);
        cloud.fullFails = ApiFailure.TIMEOUT;
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        cloud.fullFails = null;
        cloud.change("a", Map.of("k", "v"));
        Refresh next = nextMinute();
        assertThat(next.kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(next.detail()).contains("clock was set");
        assertThat(metadata("a")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void withoutATimeOfNova_oursStandsIn_andTheWindowReachesFurtherBack() {
        cloud.tellsTime = false;
        inventory.refresh();
        nextMinute();
        assertThat(cloud.queries.getLast().changedSince()).isEqualTo(START.plusSeconds(600 - 600));
        assertThat(inventory.report().novasClock()).isFalse();
    }

    @Test
    void listOfChangesRefused_readsAll_untilTheCacheExpires() {
        inventory.refresh();
        cloud.changesFail = ApiFailure.REFUSED_QUERY;
        assertThat(nextMinute().kind()).isEqualTo(Refresh.Kind.FULL);
        cloud.askedSince();
        assertThat(nextMinute().kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(cloud.askedSince()).containsExactly("metadata_full");
        assertThat(inventory.report().counts().events()).containsEntry("changes_refused", 1L);
        cloud.changesFail = null;
        cloud.pass(Duration.ofMinutes(58));
        assertThat(nextMinute().kind()).isEqualTo(Refresh.Kind.CHANGES);
    }

    @Test
    void deletedServer_leavesAtTheNextRefresh_andStaysDeleted() {
        inventory.refresh();
        cloud.delete("b");
        Refresh refresh = nextMinute();
        assertThat(refresh.left()).isEqualTo(1);
        assertThat(ids()).containsExactly("a", "c");

        cloud.boot("b");
        nextMinute();
        assertThat(ids()).containsExactly("a", "c");
        assertThat(inventory.report().tombstones()).isEqualTo(1);
        assertThat(inventory.report().counts().events()).containsEntry("kept_deleted", 1L);
    }

    @Test
    void migratedAway_isNotAmongTheChanges_butLeavesWhenTheHypervisorNoLongerRunsIt() {
        inventory.refresh(new Sighting(Set.of("a", "b", "c"), false));
        cloud.migrate("b", "compute-4");
        cloud.pass(Duration.ofMinutes(5));
        inventory.refresh(new Sighting(Set.of("a", "b", "c"), false));
        assertThat(ids()).contains("b");
        cloud.askedSince();

        cloud.pass(MINUTE);
        inventory.refresh(new Sighting(Set.of("a", "c"), false));
        assertThat(cloud.askedSince()).containsExactly("metadata_delta", "server");
        assertThat(ids()).containsExactly("a", "c");
        assertThat(inventory.report().counts().events()).containsEntry("moved_away", 1L);
    }

    @Test
    void manyMigratedAway_areFoundByOneWholeReading() {
        for (int i = 0; i < 20; i++) {
            cloud.boot("m" + i);
        }
        cloud.pass(Duration.ofMinutes(10));
        inventory.refresh();
        for (int i = 0; i < 20; i++) {
            cloud.migrate("m" + i, "compute-4");
        }
        cloud.askedSince();
        cloud.pass(MINUTE);
        Refresh refresh = inventory.refresh(new Sighting(Set.of("a", "b", "c"), false));
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(cloud.askedSince()).containsExactly("metadata_delta", "metadata_full");
        assertThat(ids()).containsExactly("a", "b", "c");
    }

    @Test
    void serverThatNovaInsistsOn_isAskedForEverMoreRarely() {
        inventory.refresh();
        List<Integer> asked = new ArrayList<>();
        for (int cycle = 1; cycle <= 20; cycle++) {
            cloud.askedSince();
            cloud.pass(MINUTE);
            inventory.refresh(new Sighting(Set.of("a", "b"), false));
            if (cloud.askedSince().contains("server")) {
                asked.add(cycle);
            }
        }
        assertThat(asked).containsExactly(1, 2, 4, 8, 16);
        assertThat(ids()).contains("c");
    }

    @Test
    void stoppedServer_isNotMissed_unlessTheHypervisorWasAskedForStoppedOnes() {
        cloud.servers.put("s", cloud.server("s", HOST, "SHUTOFF", "stopped", Map.of()));
        cloud.pass(Duration.ofMinutes(10));
        inventory.refresh();
        cloud.askedSince();
        cloud.pass(MINUTE);
        inventory.refresh(new Sighting(Set.of("a", "b", "c"), false));
        assertThat(cloud.askedSince()).doesNotContain("server");
        cloud.pass(MINUTE);
        inventory.refresh(new Sighting(Set.of("a", "b", "c"), true));
        assertThat(cloud.askedSince()).contains("server");
    }

    @Test
    void olderAnswer_doesNotReplaceANewerOne_equalTimesTakeTheLater() {
        cloud.change("a", Map.of("k", "1"));
        inventory.refresh();
        cloud.update("a", old -> Servers.with(old, old.updated(), Map.of("k", "2")));
        nextMinute();
        assertThat(metadata("a")).isEqualTo(Map.of("k", "2"));
        cloud.update("a", old -> Servers.with(old, START.plusSeconds(599), Map.of("k", "0")));
        nextMinute();
        assertThat(metadata("a")).isEqualTo(Map.of("k", "2"));
        assertThat(inventory.report().counts().events()).containsEntry("stale", 1L);
    }

    @Test
    void partialAnswer_takesNothingAway_andMakesNothingUp() {
        inventory.refresh();
        cloud.servers.put("a", Servers.partial("a"));
        cloud.servers.put("z", Servers.partial("z"));
        cloud.pass(Duration.ofHours(1));
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(ids()).containsExactly("a", "b", "c");
        assertThat(metadata("a")).containsKey("metering.stack");
    }

    @Test
    void filterByHostIgnored_isNotBelieved() {
        inventory.refresh();
        cloud.servers.put("x", cloud.server("x", null, "ACTIVE", "active", Map.of()));
        Refresh refresh = nextMinute();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.NOT_BELIEVED);
        assertThat(refresh.detail()).contains("role admin");
        assertThat(ids()).containsExactly("a", "b", "c");
    }
}
