// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache over HTTP, against what a real Nova and a real Glance answered. */
class RecordedInventoryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:16:00Z");
    private static final String TCG = "23452737-5903-43a0-b7d6-b7081e7b5bd8";

    private final FakeCloud time = new FakeCloud();
    private RecordedServices services;
    private LocalInventory inventory;

    @BeforeEach
    void libvirtHost() throws Exception {
        services = new RecordedServices(time.clock(), time::nanos)
                .speaking("2.60")
                .answer("full", "servers-host-libvirt")
                .answer("changes", "changes-since-none")
                .answer("flavors", "flavors-detail-all-latest")
                .answer("image", "glance-image-get");
        services.tellTime(NOW);
        use("compute-libvirt", CacheOptions.DEFAULTS);
    }

    @AfterEach
    void close() {
        services.close();
    }

    private void use(String host, CacheOptions options) {
        inventory = new LocalInventory(host, services.reader(), options, time.clock(), time::nanos);
    }

    private Refresh nextMinute() {
        time.pass(Duration.ofMinutes(1));
        services.tellTime(NOW.plus(Duration.ofNanos(time.nanos())));
        return inventory.refresh();
    }

    private Instance instance(String id) {
        return inventory.instance(id).value().orElseThrow();
    }

    @Test
    void first_thenFollowing_withFlavorIdsAndImages() {
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(services.askedSince())
                .contains("/v2.1/servers/detail?all_tenants=1&host=compute-libvirt")
                .hasSize(4); // one list, one of flavors, two images
        Server server = instance(TCG).server();
        assertThat(server.name()).isEqualTo("tcg-net");
        assertThat(server.metadata()).isEqualTo(Map.of("metering.stack", "tcg", "owner", "lab"));
        assertThat(instance(TCG).flavor())
                .isEqualTo(new Flavor("94d75a75-2988-4ae3-b098-41f63fadfc28", "lab.tcg", 2, 64, 1, 1, 0, Map.of()));
        assertThat(instance(TCG).image()).isNotNull();

        Refresh second = nextMinute();
        assertThat(second.kind()).isEqualTo(Refresh.Kind.CHANGES);
        assertThat(second.changed()).isZero();
        assertThat(services.askedSince()).singleElement().satisfies(path -> assertThat(path)
                .startsWith("/v2.1/servers/detail?all_tenants=1&host=compute-libvirt&changes-since=2026-11-22T02")
                .doesNotContain("changes-before")); // this Nova does not know it
        assertThat(inventory.report().novasClock()).isTrue();
    }

    @Test
    void newerNova_isAskedForClosedWindows() {
        services.speaking("2.93");
        inventory.refresh();
        services.askedSince();
        nextMinute();
        assertThat(services.askedSince()).singleElement().satisfies(path -> assertThat(path)
                .contains("changes-since=2026-11-22T02")
                .contains("changes-before=2026-11-22T02"));
    }

    @Test
    void novaWithoutDate_asItWasRecorded_isPolledByOurClock() throws Exception {
        try (RecordedServices silent = new RecordedServices(time.clock(), time::nanos)
                .speaking("2.60")
                .answer("full", "servers-host-libvirt")
                .answer("changes", "changes-since-none")
                .answer("flavors", "flavors-detail-all-latest")
                .answer("image", "glance-image-get")) {
            LocalInventory blind = new LocalInventory(
                    "compute-libvirt", silent.reader(), CacheOptions.DEFAULTS, time.clock(), time::nanos);
            assertThat(blind.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
            assertThat(blind.report().novasClock()).isFalse();
            silent.askedSince();
            time.pass(Duration.ofMinutes(1));
            assertThat(blind.refresh().kind()).isEqualTo(Refresh.Kind.CHANGES);
            assertThat(silent.askedSince()).singleElement().satisfies(path -> assertThat(path)
                    .contains("T01%3A50%3A00Z"));
        }
    }

    @Test
    void changes_bringDeletedAndChangedServers() {
        use("compute-1", CacheOptions.DEFAULTS);
        services.answer("full", "servers-host-unknown").answer("changes", "changes-since-few");
        inventory.refresh();
        assertThat(inventory.instancesOf("compute-1").value()).isEmpty();
        Refresh refresh = nextMinute();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(inventory.instancesOf("compute-1").value().keySet())
                .allSatisfy(id -> assertThat(id).matches("f7e4b1d2.*|27438daf.*"))
                .hasSize(2);
        assertThat(inventory.report().tombstones()).isEqualTo(1);
    }

    @Test
    void pagedList_isReadToItsEnd_throughTheEmptyLastPage() {
        use("compute-3", CacheOptions.DEFAULTS);
        services.speaking("2.93").answer("full", "servers-host-compute-3-latest");
        Refresh refresh = inventory.refresh();
        assertThat(refresh.requests().listings()).isEqualTo(2);
        assertThat(inventory.instancesOf("compute-3").value()).hasSize(20);
    }

    @Test
    void olderNova_hasItsFlavorsAskedForById_onceEach() {
        use("compute-3", CacheOptions.DEFAULTS);
        services.speaking("2.1").answer("full", "servers-host-compute-3-2.1").answer("flavor", "flavor-get-2.1");
        assertThat(inventory.refresh().requests().flavors()).isEqualTo(5);
        services.askedSince();
        assertThat(nextMinute().requests()).isEqualTo(new Refresh.Requests(1, 0, 0, 0));
    }

    @Test
    void missingFlavorAndImage_areKnownToBeMissing() {
        use("compute-3", CacheOptions.DEFAULTS);
        services.speaking("2.1")
                .answer("full", "servers-host-compute-3-2.1")
                .answer("flavor", "flavor-get-missing-404")
                .answer("image", "glance-image-404");
        assertThat(inventory.refresh().outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(inventory.flavor("1").value()).isEmpty();
        assertThat(inventory.report().flavors().absent()).isEqualTo(5);
        assertThat(inventory.report().images().absent()).isEqualTo(3);
        assertThat(nextMinute().requests().total()).isEqualTo(1);
    }

    @Test
    void imageDeletedLater_isSeenWhenItsTimeIsOver() {
        inventory.refresh();
        Image known = Objects.requireNonNull(instance(TCG).image());
        assertThat(known.name()).isEqualTo("lab-021156-016-shelved");
        services.answer("image", "glance-image-404");
        time.pass(Duration.ofHours(6));
        nextMinute();
        assertThat(instance(TCG).image()).isNull();
    }

    @Test
    void refusedChanges_leadToAWholeReading() {
        inventory.refresh();
        services.answer("changes", "changes-since-bad");
        Refresh refresh = nextMinute();
        assertThat(refresh.kind()).isEqualTo(Refresh.Kind.FULL);
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.DONE);
        assertThat(refresh.detail()).contains("refused");
    }

    @Test
    void serverThatNovaNoLongerHas_leavesWhenTheHypervisorDoesNotRunIt() {
        inventory.refresh();
        services.answer("server", "server-get-deleted-404").askedSince();
        Set<String> others =
                new HashSet<>(inventory.instancesOf("compute-libvirt").value().keySet());
        others.remove(TCG);
        time.pass(Duration.ofMinutes(1));
        services.tellTime(NOW.plus(Duration.ofMinutes(1)));
        Refresh refresh = inventory.refresh(new Sighting(others, false));
        assertThat(services.askedSince()).last().isEqualTo("/v2.1/servers/" + TCG);
        assertThat(refresh.left()).isEqualTo(1);
        assertThat(inventory.instance(TCG).value()).isEmpty();
        assertThat(inventory.report().tombstones()).isEqualTo(1);
    }

    @Test
    void answerToAMember_whoseFilterByHostIsIgnored_isNotBelieved() {
        inventory.refresh();
        services.answer("changes", "servers-as-member-own");
        Refresh refresh = nextMinute();
        assertThat(refresh.outcome()).isEqualTo(Refresh.Outcome.NOT_BELIEVED);
        assertThat(refresh.detail()).contains("role admin");
        assertThat(inventory.instancesOf("compute-libvirt").value()).hasSize(3);
    }

    @Test
    void htmlWith200_truncatedJson_andErrors_keepTheLastSet() {
        inventory.refresh();
        List<String> bad = List.of(
                "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Service temporarily moved</html>",
                "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"servers\": [{\"id\": \"1\", \"sta",
                "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"unexpected\": []}",
                "HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{\"forbidden\": {\"code\": 403}}",
                "HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n<html>404</html>",
                "HTTP/1.1 409 Conflict\nContent-Type: application/json\n\n{}",
                "HTTP/1.1 413 Too Large\nContent-Type: application/json\n\n{}",
                "HTTP/1.1 429 Too Many Requests\nContent-Type: application/json\n\n{}",
                "HTTP/1.1 500 Internal Server Error\nContent-Type: application/json\n\n{}",
                "HTTP/1.1 503 Service Unavailable\nContent-Type: text/html\n\n<html>no</html>");
        for (String answer : bad) {
            services.answer("changes", answer);
            time.pass(OutagePause.LONGEST.minusMinutes(1));
            Refresh refresh = nextMinute();
            assertThat(refresh.outcome()).as(answer).isEqualTo(Refresh.Outcome.FAILED);
            assertThat(inventory.instancesOf("compute-libvirt").value()).hasSize(3);
        }
        assertThat(inventory.report().failures()).isEqualTo(bad.size());
        assertThat(inventory.report().age()).isEqualTo(OutagePause.LONGEST.multipliedBy(bad.size()));
        time.pass(OutagePause.LONGEST);
        services.answer("changes", "changes-since-none");
        assertThat(nextMinute().outcome()).isEqualTo(Refresh.Outcome.DONE);
    }

    @Test
    void cachingOff_listsAll_withFlavorsAndImages_eachTime() {
        use("compute-libvirt", CacheOptions.DEFAULTS.withCaching(false));
        for (int cycle = 0; cycle < 3; cycle++) {
            Refresh refresh = nextMinute();
            assertThat(refresh.kind()).isEqualTo(Refresh.Kind.FULL);
            assertThat(refresh.requests()).isEqualTo(new Refresh.Requests(1, 0, 1, 2));
        }
    }
}
