// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import io.nephometer.coordination.Partitions;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.CentralMeasuring;
import io.nephometer.sources.polling.central.CentralObserver;
import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.WorkPlan;
import io.nephometer.sources.polling.definition.PollingDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pollsters against what the services of a real cloud answered. */
@Timeout(60)
class RecordedCloudTest {
    private static final Instant NOW = Instant.parse("2026-11-22T02:17:03Z");
    private static final String ADMIN = "e91dc3e80d5148759f9af0622e7be8af";

    private RecordedApis apis;
    private OpenStackCloud client;
    private CentralMeasuring measuring;

    @BeforeEach
    void begin() throws Exception {
        SimulatedClock clock = new SimulatedClock(NOW);
        apis = new RecordedApis();
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(apis.url()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("recorded-password")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        client = OpenStackCloud.of(
                access,
                ApiSettings.defaults(),
                new ApiTime(clock, () -> 0L, clock::advance, (_, _) -> () -> {}, new Random(1)),
                ApiObserver.NONE);
        WorkPlan plan = new WorkPlan(
                PollingDefinition.read("polling.yaml", "sources: [{name: all, interval: 60, meters: ['*']}]"),
                CloudPollsters.pollsters(client, CloudOptions.usual()),
                CloudPollsters.discoveries(client, CloudOptions.usual()));
        measuring = new CentralMeasuring(plan, new Kept(), 4, clock, () -> 0L, CentralObserver.none());
    }

    @AfterEach
    void end() {
        client.close();
        apis.close();
    }

    @Test
    void images() throws Exception {
        holds("images", "image.size", "glance-images", "images", "size", "owner");
    }

    @Test
    void volumesAndSnapshots() throws Exception {
        holds("volumes", "volume.size", "cinder-volumes-detail", "volumes", "size", "os-vol-tenant-attr:tenant_id");
        holds(
                "volume_snapshots",
                "volume.snapshot.size",
                "cinder-snapshots-detail",
                "snapshots",
                "size",
                "os-extended-snapshot-attributes:project_id");
    }

    @Test
    void whatUsesAVolume() throws Exception {
        Sample root = measure("volumes").samples().stream()
                .filter(sample -> "dde579f3-6efb-4162-a576-6fda70e205d9".equals(sample.resourceId()))
                .findFirst()
                .orElseThrow();

        assertThat(root.userId()).isEqualTo("760e867a8f7047779388d87716d8c97d");
        assertThat(root.metadata())
                .contains(
                        entry("instance_id", "38478510-a23b-4145-9f10-0e328c757fe7"),
                        entry("volume_type", "__DEFAULT__"),
                        entry("os-vol-host-attr:host", "cinder-1@fake1#fake"))
                .hasSize(12);
    }

    /** The fake driver has no end, and counts nothing as provisioned. */
    @Test
    void poolsWithoutEnd() throws Exception {
        SlotMeasurements measured = measure("volume_pools");

        assertThat(measured.samples())
                .extracting(one -> one.meter().name(), Sample::resourceId, Sample::volume, Sample::metadata)
                .containsExactly(tuple(
                        "volume.provider.pool.capacity.allocated",
                        "cinder-1@fake1#fake",
                        137L,
                        Map.of("pool_name", "fake")));
        assertThat(measured.shortfalls())
                .extracting(Shortfall::reason, Shortfall::count)
                .containsExactly(tuple("no_number", 2L));
    }

    @Test
    void services() throws Exception {
        assertThat(measure("volume_services").samples())
                .extracting(Sample::resourceId, Sample::volume)
                .containsExactly(tuple("cinder-scheduler@cinder-1", 1L), tuple("cinder-volume@cinder-1@fake1", 1L));
    }

    @Test
    void floatingAddresses() throws Exception {
        List<Map<String, Object>> recorded = RecordedApis.list("neutron-floatingips", "floatingips");
        SlotMeasurements measured = measure("fip_services");

        assertThat(measured.shortfalls()).isEmpty();
        assertThat(measured.samples())
                .extracting(Sample::resourceId, Sample::projectId, one -> one.metadata()
                        .get("status"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(recorded.stream()
                        .map(one -> tuple(one.get("id"), one.get("tenant_id"), one.get("status")))
                        .toList());
        assertThat(measured.samples())
                .filteredOn(one -> Objects.equals(one.metadata().get("status"), "DOWN"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.volume()).isEqualTo(3L));
    }

    /** Of four projects one has an account, and nothing in it. */
    @Test
    void accounts() throws Exception {
        measure("tenant");
        for (Map<String, Object> project : RecordedApis.list("keystone-projects", "projects")) {
            String id = String.valueOf(project.get("id"));
            SlotMeasurements measured = measure("tenant/" + Partitions.of(id));
            assertThat(measured.samples())
                    .filteredOn(one -> id.equals(one.resourceId()))
                    .extracting(one -> one.meter().name(), Sample::volume)
                    .containsExactlyElementsOf(
                            id.equals(ADMIN)
                                    ? List.of(
                                            tuple("storage.objects", 0L),
                                            tuple("storage.objects.size", 0L),
                                            tuple("storage.objects.containers", 0L))
                                    : List.of());
        }
    }

    private void holds(String unit, String meter, String recording, String collection, String size, String owner)
            throws Exception {
        List<Tuple> recorded = RecordedApis.list(recording, collection).stream()
                .filter(one -> one.get(size) != null)
                .map(one -> tuple(meter, one.get("id"), one.get(size), one.get(owner), one.get("status")))
                .toList();
        SlotMeasurements measured = measure(unit);

        assertThat(measured.shortfalls()).isEmpty();
        assertThat(measured.samples())
                .extracting(
                        one -> one.meter().name(),
                        Sample::resourceId,
                        Sample::volume,
                        Sample::projectId,
                        one -> one.metadata().get("status"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(recorded);
    }

    private SlotMeasurements measure(String name) throws Exception {
        WorkUnit unit = new WorkUnit("all", Duration.ofSeconds(60), name);
        return measuring.measure(unit, unit.slotAt(NOW));
    }

    private static final class Kept implements Rosters {
        private final Map<String, String> kept = new ConcurrentHashMap<>();

        @Override
        public void put(String name, Instant slotStart, String content) {
            kept.put(name, content);
        }

        @Override
        public @Nullable String newest(String name) {
            return kept.get(name);
        }
    }
}
