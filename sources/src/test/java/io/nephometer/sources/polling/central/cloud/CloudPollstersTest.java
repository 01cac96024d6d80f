// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.simulator.cloud.Holding;
import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.StockPlan;
import io.nephometer.simulator.cloud.StoragePool;
import io.nephometer.simulator.cloud.StoredContainer;
import io.nephometer.sources.polling.SlotMeasurements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every shipped pollster against the simulated APIs. */
@Timeout(120)
class CloudPollstersTest {
    private static final String POOL = "volume.provider.pool.capacity.";

    private static PolledCloud small() throws Exception {
        return new PolledCloud(StockPlan.small(), 5, CloudOptions.usual());
    }

    @Test
    void measuresImages() throws Exception {
        try (PolledCloud polled = small()) {
            Map<String, Sample> samples = byResource(polled.samples("images", "image.size"));

            assertThat(samples).hasSize(8);
            polled.cloud().cloud().images().forEach(image -> {
                Sample sample = sample(samples, image.id());
                assertThat(sample.volume()).isEqualTo(image.size());
                assertThat(sample.projectId()).isEqualTo(image.owner().id());
                assertThat(sample.userId()).isNull();
                assertThat(sample.meter().unit()).isEqualTo("B");
                assertThat(sample.metadata())
                        .containsOnlyKeys(
                                "status",
                                "visibility",
                                "name",
                                "container_format",
                                "created_at",
                                "disk_format",
                                "updated_at",
                                "min_disk",
                                "checksum",
                                "min_ram",
                                "tags",
                                "virtual_size",
                                "is_protected")
                        .contains(entry("is_protected", false), entry("name", image.name()));
            });
        }
    }

    @Test
    void measuresVolumesSnapshotsAndBackups() throws Exception {
        try (PolledCloud polled = small()) {
            holds(polled, Holding.Kind.VOLUME, "volumes", "volume.size");
            holds(polled, Holding.Kind.SNAPSHOT, "volume_snapshots", "volume.snapshot.size");
            holds(polled, Holding.Kind.BACKUP, "volume_backups", "volume.backup.size");
        }
    }

    private static void holds(PolledCloud polled, Holding.Kind kind, String unit, String meter) throws Exception {
        Map<String, Sample> samples = byResource(polled.samples(unit, meter));
        List<Holding> all = polled.cloud().stock().all(kind);
        assertThat(samples).hasSameSizeAs(all).isNotEmpty();
        all.forEach(one -> {
            Sample sample = sample(samples, one.id());
            assertThat(sample.volume()).isEqualTo(one.size());
            assertThat(sample.projectId()).isEqualTo(one.owner().project().id());
            assertThat(sample.userId()).isEqualTo(one.owner().id());
            assertThat(sample.meter().unit()).isEqualTo("GiB");
            assertThat(sample.metadata()).contains(entry("name", one.name()), entry("status", one.status()));
        });
    }

    @Test
    void saysOfAVolumeWhatUsesItAndWhatItWasMadeOf() throws Exception {
        try (PolledCloud polled = small()) {
            Holding volume = polled.cloud().stock().all(Holding.Kind.VOLUME).stream()
                    .filter(one -> one.number() % 3 == 0)
                    .findFirst()
                    .orElseThrow();
            polled.cloud().stock().setStatus(Holding.Kind.VOLUME, volume.id(), "in-use");

            Sample sample = sample(byResource(polled.samples("volumes", "volume.size")), volume.id());

            assertThat(sample.metadata())
                    .contains(
                            entry("image_id", "image-of-" + volume.number()),
                            entry("instance_id", volume.id().replace('0', '1')),
                            entry("os-vol-host-attr:host", "block-01@ceph#volumes"))
                    .doesNotContainKey("user_id");
        }
    }

    @Test
    void measuresPools() throws Exception {
        try (PolledCloud polled = small()) {
            SlotMeasurements measured = polled.measure("volume_pools");

            assertThat(measured.shortfalls()).isEmpty();
            assertThat(measured.samples()).hasSize(10);
            for (StoragePool pool : polled.cloud().stock().pools()) {
                Map<String, Number> volumes = new TreeMap<>();
                measured.samples().stream()
                        .filter(sample -> pool.host().equals(sample.resourceId()))
                        .forEach(
                                sample -> volumes.put(sample.meter().name().substring(POOL.length()), sample.volume()));
                double usable = pool.total() - Math.floor(0.05 * pool.total());
                assertThat(volumes)
                        .containsOnly(
                                entry("total", pool.total()),
                                entry("free", pool.free()),
                                entry("allocated", pool.allocated()),
                                entry("provisioned", pool.provisioned()),
                                entry("virtual_free", (pool.thin() ? 20 : 1) * usable - pool.provisioned()));
            }
        }
    }

    @Test
    void anUnknownStateOfAServiceIsMinusOneAndTold() throws Exception {
        try (PolledCloud polled = small()) {
            polled.cloud().stock().setService("cinder-backup@block-01", "down");
            polled.cloud().stock().setService("cinder-backup@block-02", "sideways");

            SlotMeasurements measured = polled.measure("volume_services");

            assertThat(measured.samples().stream().collect(Collectors.toMap(Sample::resourceId, Sample::volume)))
                    .containsOnly(
                            entry("cinder-backup@block-01", 0L),
                            entry("cinder-backup@block-02", -1L),
                            entry("cinder-scheduler@controller", 1L),
                            entry("cinder-volume@block-01@ceph", 1L),
                            entry("cinder-volume@block-02@ceph", 1L));
            assertThat(measured.shortfalls())
                    .containsExactly(new Shortfall(
                            "unknown_status",
                            1,
                            "volume.service.health of cinder-backup@block-02: state is sideways, which counts as -1"));
        }
    }

    @Test
    void measuresFloatingAddresses() throws Exception {
        try (PolledCloud polled = small()) {
            List<Holding> all = polled.cloud().stock().all(Holding.Kind.FLOATING_IP);
            polled.cloud()
                    .stock()
                    .setStatus(Holding.Kind.FLOATING_IP, all.get(0).id(), "DOWN");
            polled.cloud()
                    .stock()
                    .setStatus(Holding.Kind.FLOATING_IP, all.get(1).id(), "WOBBLY");

            SlotMeasurements measured = polled.measure("fip_services");
            Map<String, Sample> samples = byResource(measured.samples());

            assertThat(samples).hasSize(6);
            assertThat(sample(samples, all.get(0).id()).volume()).isEqualTo(3L);
            assertThat(sample(samples, all.get(1).id()).volume()).isEqualTo(-1L);
            Sample active = sample(samples, all.get(2).id());
            assertThat(active.volume()).isEqualTo(1L);
            assertThat(active.projectId())
                    .isEqualTo(all.get(2).owner().project().id());
            assertThat(active.metadata())
                    .containsOnlyKeys(
                            "router_id",
                            "status",
                            "floating_network_id",
                            "fixed_ip_address",
                            "port_id",
                            "floating_ip_address");
            assertThat(measured.shortfalls()).extracting(Shortfall::reason).containsExactly("unknown_status");
        }
    }

    @Test
    void measuresAccountsOfSwiftWithOneRequestEach() throws Exception {
        try (PolledCloud polled = small()) {
            assertThat(polled.measure("tenant").samples()).isEmpty();
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                SlotMeasurements measured = polled.measure("tenant/" + i);
                samples.addAll(measured.samples());
                assertThat(measured.shortfalls()).isEmpty();
            }

            Map<String, Number> expected = new HashMap<>();
            polled.cloud().cloud().directory().members().forEach(member -> {
                Project project = member.project();
                List<StoredContainer> all =
                        polled.cloud().stock().account(project.id()).orElseThrow();
                expected.put("storage.objects " + project.id(), sum(all, StoredContainer::objects));
                expected.put("storage.objects.size " + project.id(), sum(all, StoredContainer::bytes));
                expected.put("storage.objects.containers " + project.id(), 3L);
                all.forEach(one -> {
                    String id = project.id() + "/" + one.name();
                    expected.put("storage.containers.objects " + id, one.objects());
                    expected.put("storage.containers.objects.size " + id, one.bytes());
                });
            });
            assertThat(samples.stream()
                            .collect(Collectors.toMap(
                                    sample -> sample.meter().name() + " " + sample.resourceId(), Sample::volume)))
                    .isEqualTo(expected);
            assertThat(samples)
                    .filteredOn(sample -> sample.meter().name().startsWith("storage.containers."))
                    .allSatisfy(
                            sample -> assertThat(sample.metadata()).containsExactly(entry("storage_policy", "gold")));
            assertThat(polled.notes).as("admin and service, five meters each").containsOnly(entry("no_account", 10L));
            assertThat(polled.requests("swift")).isEqualTo(7);
        }
    }

    private static long sum(List<StoredContainer> all, Function<StoredContainer, Long> what) {
        return all.stream().mapToLong(what::apply).sum();
    }

    @Test
    void readsAllContainersOfALargeAccount() throws Exception {
        try (PolledCloud polled = new PolledCloud(new StockPlan(0, 0, 0, 0, 0, 0, 2500), 1, CloudOptions.usual())) {
            polled.measure("tenant");
            Set<String> resources = new HashSet<>();
            for (int i = 0; i < 64; i++) {
                polled.samples("tenant/" + i, "storage.containers.objects")
                        .forEach(sample -> resources.add(String.valueOf(sample.resourceId())));
            }

            assertThat(resources).hasSize(2500);
            assertThat(polled.requests("swift"))
                    .as("three pages, and two projects without")
                    .isEqualTo(5);
        }
    }

    @Test
    void disabledProjectsAreLeftOutIfAskedFor() throws Exception {
        try (PolledCloud polled = new PolledCloud(StockPlan.small(), 3, new CloudOptions(true, "AUTH_"))) {
            Project disabled =
                    polled.cloud().cloud().directory().members().getFirst().project();
            polled.cloud().disable(disabled);
            polled.measure("tenant");
            Set<String> projects = new HashSet<>();
            for (int i = 0; i < 64; i++) {
                polled.samples("tenant/" + i, "storage.objects")
                        .forEach(sample -> projects.add(String.valueOf(sample.projectId())));
            }

            assertThat(projects).hasSize(2).doesNotContain(disabled.id());
        }
    }

    @Test
    void idsStayWhileAttributesChange() throws Exception {
        try (PolledCloud polled = small()) {
            Map<String, Sample> before = byResource(polled.samples("volumes", "volume.size"));
            polled.cloud().stock().all(Holding.Kind.VOLUME).forEach(one -> polled.cloud()
                    .stock()
                    .setStatus(one.kind(), one.id(), "retyping"));
            polled.advance(Duration.ofSeconds(30));
            Map<String, Sample> after = byResource(polled.samples("volumes", "volume.size"));

            assertThat(after.keySet()).isEqualTo(before.keySet());
            after.forEach((resource, sample) -> {
                assertThat(sample.id()).isEqualTo(sample(before, resource).id());
                assertThat(sample.metadata()).contains(entry("status", "retyping"));
            });
        }
    }

    @Test
    void whatComesAndGoesIsMeasuredAsItIs() throws Exception {
        try (PolledCloud polled = small()) {
            for (int i = 0; i < 5; i++) {
                polled.advance(Duration.ofSeconds(60));
                polled.cloud().stock().turn(3);
                assertThat(byResource(polled.samples("volumes", "volume.size")).keySet())
                        .isEqualTo(polled.cloud().stock().all(Holding.Kind.VOLUME).stream()
                                .map(Holding::id)
                                .collect(Collectors.toSet()));
            }
        }
    }

    @Test
    void aListingCostsItsPagesAlone() throws Exception {
        StockPlan plan = new StockPlan(597, 2000, 1500, 10, 1200, 2, 0);
        try (PolledCloud polled = new PolledCloud(plan, 100, CloudOptions.usual())) {
            assertThat(polled.samples("images", "image.size")).hasSize(600);
            assertThat(polled.samples("volumes", "volume.size")).hasSize(2000);
            assertThat(polled.samples("volume_snapshots", "volume.snapshot.size"))
                    .hasSize(1500);
            assertThat(polled.samples("fip_services", "ip.floating")).hasSize(1200);
            polled.measure("volume_pools");
            polled.measure("tenant");

            assertThat(polled.requests("glance"))
                    .as("pages of 200, the last empty")
                    .isEqualTo(4);
            assertThat(polled.requests("cinder")).as("3, 2 and 1 of 1,000").isEqualTo(6);
            assertThat(polled.requests("neutron")).isEqualTo(2);
            assertThat(polled.requests("swift")).isZero();
        }
    }

    @Test
    void everyUnitIsPlannedOnce() throws Exception {
        try (PolledCloud polled = small()) {
            assertThat(polled.units())
                    .extracting(WorkUnit::name)
                    .doesNotHaveDuplicates()
                    .hasSize(7 + 65)
                    .contains(
                            "images",
                            "volumes",
                            "volume_snapshots",
                            "volume_backups",
                            "volume_pools",
                            "volume_services",
                            "fip_services",
                            "tenant",
                            "tenant/63");
        }
    }

    @Test
    void everyMeterIsOnThePage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "meters.md"));
        List<String> rows = page.substring(page.indexOf("## Measured of the APIs"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| meter"))
                .map(line -> line.substring(2, line.indexOf(" |", 2)))
                .toList();
        try (PolledCloud polled = small()) {
            assertThat(rows).containsExactlyInAnyOrderElementsOf(polled.meters());
        }
    }

    private static Map<String, Sample> byResource(List<Sample> samples) {
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.meter().type()).isEqualTo(MeterType.GAUGE);
            assertThat(sample.resourceId()).isNotNull();
        });
        return samples.stream().collect(Collectors.toMap(sample -> String.valueOf(sample.resourceId()), s -> s));
    }

    private static Sample sample(Map<String, Sample> samples, String resource) {
        Sample sample = samples.get(resource);
        assertThat(sample).as("of %s", resource).isNotNull();
        return Objects.requireNonNull(sample);
    }
}
