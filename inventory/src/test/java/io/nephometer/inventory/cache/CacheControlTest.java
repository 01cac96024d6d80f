// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static io.nephometer.inventory.cache.FakeCloud.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.api.Listing;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import io.nephometer.runtime.json.Json;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When is asked, what is believed, how much is held. */
class CacheControlTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeCloud cloud = new FakeCloud();

    private LocalInventory inventory(CacheOptions options) {
        return new LocalInventory(HOST, cloud, options, cloud.clock(), cloud::nanos);
    }

    @BeforeEach
    void tenServers() {
        cloud.addFlavor("flavor-1");
        cloud.addImage("image-1");
        for (int i = 0; i < 10; i++) {
            cloud.boot("s" + i);
        }
        cloud.pass(Duration.ofMinutes(10));
    }

    @Test
    void updateInterval_isWaitedFor() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS.withUpdateInterval(Duration.ofMinutes(5)));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        cloud.pass(Duration.ofMinutes(4));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.NOT_DUE);
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
    }

    @Test
    void wholeReading_healsWhatChangesDoNotShow_withinTheExpiry() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        cloud.changeUnseen("s3", Map.of());
        int cycles = 0;
        while (!inventory
                .instance("s3")
                .value()
                .map(Instance::server)
                .orElseThrow()
                .metadata()
                .isEmpty()) {
            cloud.pass(MINUTE);
            inventory.refresh();
            cycles++;
            assertThat(cycles).isLessThanOrEqualTo(60);
        }
        assertThat(cycles).isGreaterThanOrEqualTo(30);
        assertThat(inventory.report().counts().refreshes()).containsEntry("full done", 2L);
    }

    @Test
    void afterTheFirst_wholeReadingsAreAnExpiryApart() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        for (int cycle = 0; cycle < 10 * 60; cycle++) {
            inventory.refresh();
            cloud.pass(MINUTE);
        }
        assertThat(inventory.report().counts().refreshes().get("full done")).isBetween(10L, 11L);
    }

    @Test
    void hostsReadAllAtDifferentTimes_aHostAlwaysAtItsOwn() {
        Set<Duration> firsts = new HashSet<>();
        for (int host = 0; host < 500; host++) {
            Duration first = Spread.shorten(Duration.ofHours(1), 0.5, "compute-" + host);
            assertThat(first).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
            firsts.add(first.truncatedTo(ChronoUnit.MINUTES));
        }
        assertThat(firsts).hasSize(30);
        assertThat(Spread.of("compute-1")).isEqualTo(Spread.of("compute-1"));
    }

    @Test
    void wholeReadingThatFails_isTriedAgainSoon_andChangesServeMeanwhile() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        cloud.fullFails = ApiFailure.TIMEOUT;
        cloud.pass(Duration.ofHours(1));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        cloud.change("s1", Map.of("k", "v"));
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.CHANGES);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(10);
        cloud.fullFails = null;
        cloud.pass(Duration.ofMinutes(5));
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.FULL);
    }

    @Test
    void emptyWholeReading_isBelievedTheSecondTime() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        Map<String, Server> all = Map.copyOf(cloud.servers);
        cloud.servers.clear();
        cloud.pass(Duration.ofHours(1));
        Refresh first = inventory.refresh();
        assertThat(first.outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(10);
        assertThat(inventory.instancesOf(HOST).age()).isEqualTo(Duration.ofHours(1));

        cloud.servers.putAll(all);
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        cloud.servers.clear();
        cloud.pass(Duration.ofHours(1));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(inventory.instancesOf(HOST).value()).isEmpty();
    }

    @Test
    void stoppedServersThatMovedAwayTogether_areBelievedToHaveMovedTheSecondTime() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        for (int i = 0; i < 5; i++) {
            cloud.migrate("s" + i, "elsewhere");
        }
        cloud.pass(Duration.ofHours(1));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(5);
    }

    @Test
    void clockSetWhileMuchIsMissing_isNotSeenAgainInEachRefresh() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        cloud.cellDown = true;
        cloud.pass(Duration.ofHours(1));
        inventory.refresh();
        cloud.pass(MINUTE);
        inventory.refresh();
        cloud.setNovaAhead(Duration.ofHours(1));
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.FULL);
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().kind()).isEqualTo(Refresh.Kind.CHANGES);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(10);
    }

    @Test
    void wholeReadingThatLacksWhatTheHypervisorLacksToo_isBelievedAtOnce() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        for (int i = 0; i < 5; i++) {
            cloud.migrate("s" + i, "elsewhere");
        }
        cloud.pass(Duration.ofHours(1));
        Refresh refresh = inventory.refresh(new Sighting(Set.of("s5", "s6", "s7", "s8", "s9"), false));
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(5);
    }

    @Test
    void doubtfulWholeReading_stillBringsItsNews() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        for (int i = 0; i < 5; i++) {
            cloud.servers.remove("s" + i);
        }
        cloud.boot("new");
        cloud.pass(Duration.ofHours(1));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(11).containsKey("new");
    }

    @Test
    void moreServersThanTheBound_areNotBelieved() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS.bounded(9, 10, 1));
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.NOT_BELIEVED);
        assertThat(inventory.instancesOf(HOST).value()).isEmpty();
    }

    @Test
    void tombstones_areBounded_andExpire() {
        Tombstones tombstones = new Tombstones(Duration.ofSeconds(10), 3);
        for (int i = 0; i < 5; i++) {
            tombstones.add("t" + i, 0);
        }
        assertThat(tombstones.size()).isEqualTo(3);
        assertThat(tombstones.has("t1")).isFalse();
        assertThat(tombstones.has("t2")).isTrue();
        tombstones.add("t2", Duration.ofSeconds(5).toNanos());
        tombstones.expire(Duration.ofSeconds(10).toNanos());
        assertThat(tombstones.size()).isEqualTo(1);
        assertThat(tombstones.has("t2")).isTrue();
    }

    @Test
    void cachingOff_readsAllWithFlavorsAndImages_eachTime() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS.withCaching(false));
        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
            assertThat(cloud.askedSince()).containsExactly("metadata_full", "flavor", "image");
            cloud.pass(MINUTE);
        }
    }

    @Test
    void cachingOff_failedRefresh_leavesNothingKnown_andSaysSo() {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS.withCaching(false));
        inventory.refresh();
        cloud.novaFails = ApiFailure.SERVER_ERROR;
        cloud.pass(MINUTE);
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.FAILED);
        assertThat(inventory.instancesOf(HOST).origin()).isEqualTo(Origin.NONE);
        assertThat(inventory.report().failures()).isEqualTo(1);
    }

    @Test
    void secondRefreshAtTheSameTime_doesNothing_andReadersAreNotHeldUp() throws Exception {
        HangingCloud hanging = new HangingCloud(cloud);
        LocalInventory inventory =
                new LocalInventory(HOST, hanging, CacheOptions.DEFAULTS, cloud.clock(), cloud::nanos);
        inventory.refresh();
        hanging.hang = true;
        FutureTask<Refresh> slow = new FutureTask<>(inventory::refresh);
        Thread.ofVirtual().start(slow);
        assertThat(hanging.reached.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.NOT_DUE);
        assertThat(inventory.instancesOf(HOST).value()).hasSize(10);
        assertThat(inventory.report().instances().entries()).isEqualTo(10);
        hanging.release.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Refresh.Outcome.DONE);
    }

    @Test
    void options_refuseWhatCannotWork() {
        assertThatThrownBy(() -> CacheOptions.DEFAULTS.withExpiry(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resource_cache_expiry");
        assertThatThrownBy(() -> CacheOptions.DEFAULTS.withUpdateInterval(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resource_update_interval");
        assertThatThrownBy(() -> CacheOptions.DEFAULTS.bounded(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void report_asJson_hasWhatCacheShowNeeds() throws Exception {
        LocalInventory inventory = inventory(CacheOptions.DEFAULTS);
        inventory.refresh();
        inventory.instance("s1");
        inventory.instance("nobody");
        cloud.pass(MINUTE);
        Object json = Json.parse(Json.write(inventory.report().json()));
        assertThat(json)
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("host", HOST)
                .containsEntry("resource_metadata_caching", true)
                .containsEntry("last_poll", "2026-11-22T02:10:00Z")
                .containsEntry("last_poll_clock", "nova")
                .containsEntry("age_s", 60.0)
                .containsEntry("failures_in_a_row", 0L)
                .containsEntry("failure", null)
                .containsKeys("next_full", "last_success", "tombstones", "refreshes", "events")
                .containsEntry(
                        "instances", Map.of("entries", 10L, "absent", 0L, "bound", 10_000L, "hits", 1L, "misses", 1L))
                .containsEntry("requests", Map.of("listings", 1L, "servers", 0L, "flavors", 1L, "images", 1L));
    }

    /** Hangs in the next listing. */
    private static final class HangingCloud implements CloudReader {
        private final CloudReader cloud;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile boolean hang;

        HangingCloud(CloudReader cloud) {
            this.cloud = cloud;
        }

        @Override
        public Listing servers(ServerQuery query, Reason reason, Consumer<Server> each) throws ApiException {
            if (hang) {
                reached.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return cloud.servers(query, reason, each);
        }

        @Override
        public Optional<Server> server(String id) throws ApiException {
            return cloud.server(id);
        }

        @Override
        public Listing flavors(Consumer<Flavor> each) throws ApiException {
            return cloud.flavors(each);
        }

        @Override
        public Optional<Flavor> flavor(String id) throws ApiException {
            return cloud.flavor(id);
        }

        @Override
        public Optional<Image> image(String id) throws ApiException {
            return cloud.image(id);
        }
    }
}
