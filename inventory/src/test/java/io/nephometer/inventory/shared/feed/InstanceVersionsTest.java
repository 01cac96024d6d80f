// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstanceVersionsTest {
    private static final Instant AT = Instant.parse("2026-11-22T01:28:18.226999Z");
    private static final Instant LAUNCHED = Instant.parse("2026-11-22T01:28:18Z");

    private static Map<String, @Nullable Object> legacy() {
        Map<String, @Nullable Object> payload = new HashMap<>();
        payload.put("instance_id", "i-1");
        payload.put("state", "active");
        payload.put("host", "compute-1");
        payload.put("memory_mb", 64L);
        payload.put("launched_at", "2026-11-22T01:28:18.000000");
        payload.put("terminated_at", "");
        payload.put("created_at", "2026-11-22 01:28:11+00:00");
        payload.put("image_ref_url", "http://glance/images/img-1");
        payload.put("old_state", "building");
        payload.put("fixed_ips", List.of());
        return payload;
    }

    private static InstanceVersion told(String type, Object payload) {
        return InstanceVersions.of(type, AT, payload).orElseThrow();
    }

    @Test
    void legacyEventTellsWhatItSays_andNothingOfTheEventItself() {
        InstanceVersion version = told("compute.instance.create.end", legacy());
        assertThat(version.since()).isEqualTo(AT);
        assertThat(version.host()).isEqualTo("compute-1");
        assertThat(version.launched()).isEqualTo(LAUNCHED);
        assertThat(version.terminated()).isNull();
        assertThat(version.fields())
                .containsOnlyKeys("state", "memory_mb", "created_at", "image_ref_url", "image_ref")
                .containsEntry("image_ref", "img-1");
    }

    @Test
    void versionedEventTellsTheSameInTheSameWords() {
        Map<String, @Nullable Object> flavor = Map.of(
                "nova_object.data",
                Map.of(
                        "name",
                        "tiny",
                        "flavorid",
                        "f1",
                        "memory_mb",
                        64,
                        "vcpus",
                        1,
                        "root_gb",
                        2,
                        "ephemeral_gb",
                        3,
                        "swap",
                        512));
        Map<String, @Nullable Object> data = new HashMap<>();
        data.put("uuid", "i-1");
        data.put("state", "active");
        data.put("host", "compute-1");
        data.put("flavor", flavor);
        data.put("launched_at", "2026-11-22T01:28:18Z");
        data.put("created_at", "2026-11-22T01:28:11Z");
        data.put("image_uuid", "img-1");
        InstanceVersion version = told("instance.create.end", Map.of("nova_object.data", data));
        assertThat(version.launched()).isEqualTo(LAUNCHED);
        assertThat(version.fields())
                .containsEntry("created_at", "2026-11-22 01:28:11+00:00")
                .containsEntry("memory_mb", 64L)
                .containsEntry("disk_gb", 5L)
                .containsEntry("swap_mb", 512L)
                .containsEntry("swap_of", "tiny")
                .containsEntry("instance_flavor_id", "f1")
                .containsEntry("image_ref", "img-1")
                .containsEntry("state_description", "")
                .containsEntry("deleted_at", "");
    }

    @Test
    void deletionEndsIt_evenIfItTellsNoTime() {
        assertThat(told("compute.instance.delete.end", legacy()).terminated()).isEqualTo(AT);
        Map<String, @Nullable Object> payload = legacy();
        payload.put("terminated_at", "2026-11-22T01:28:17.000000");
        assertThat(told("compute.instance.delete.end", payload).terminated()).isEqualTo(LAUNCHED.minusSeconds(1));
    }

    @Test
    void eventsThatTellNothingNewAreLeftOut() {
        assertThat(InstanceVersions.of("compute.instance.exists", AT, legacy())).isEmpty();
        assertThat(InstanceVersions.of("compute.instance.create.error", AT, legacy()))
                .isEmpty();
        assertThat(InstanceVersions.of("image.update", AT, legacy())).isEmpty();
        assertThat(InstanceVersions.of("compute.instance.update", AT, "text")).isEmpty();
        Map<String, @Nullable Object> payload = legacy();
        payload.put("instance_id", "i".repeat(3_000));
        assertThat(InstanceVersions.of("compute.instance.update", AT, payload)).isEmpty();
    }

    private static Server server(String status, @Nullable Instant updated, Map<String, String> metadata) {
        return server(status, updated, "compute-1", "node-1", metadata);
    }

    private static Server server(
            String status,
            @Nullable Instant updated,
            @Nullable String host,
            @Nullable String node,
            Map<String, String> metadata) {
        Flavor flavor = new Flavor("f1", "tiny", 1, 64, 2, 3, 1_024, Map.of());
        return new Server(
                "i-1",
                "name",
                status,
                "p",
                "u",
                null,
                host,
                node,
                "name",
                "instance-1",
                "img-1",
                null,
                flavor,
                "active",
                null,
                1,
                "nova",
                "r-1",
                null,
                null,
                LAUNCHED.minusSeconds(7),
                updated,
                LAUNCHED,
                null,
                metadata,
                List.of());
    }

    @Test
    void apiTellsItInTheSameWords_asOfTheEndOfTheSecond() {
        InstanceVersion version = InstanceVersions.of(server("ACTIVE", LAUNCHED, Map.of("k", "v")), AT)
                .orElseThrow();
        assertThat(version.since()).isEqualTo(Instant.parse("2026-11-22T01:28:18.999999Z"));
        assertThat(version.told()).isEqualTo(AT);
        assertThat(version.fields())
                .containsEntry("created_at", "2026-11-22 01:28:11+00:00")
                .containsEntry("disk_gb", 5L)
                .containsEntry("swap_mb", 1_024L)
                .containsEntry("swap_of", "tiny")
                .containsEntry("metadata", Map.of("k", "v"))
                .containsEntry("node", "node-1")
                .containsEntry("hostname", "name")
                .doesNotContainKeys("architecture", "image_meta");
    }

    @Test
    void ofWhatIsDeletedTheApiTellsNoMetadata_andTheEndIsItsLastChangeIfNoneIsTold() {
        InstanceVersion version =
                InstanceVersions.of(server("DELETED", LAUNCHED, Map.of()), AT).orElseThrow();
        assertThat(version.fields()).doesNotContainKey("metadata");
        assertThat(version.terminated()).isEqualTo(LAUNCHED);
    }

    @Test
    void whatIsOnNoHostIsOnNoHypervisor_andOfAnOldAnswerTheOneThatWasKnownStays() {
        assertThat(InstanceVersions.of(server("SHELVED_OFFLOADED", LAUNCHED, null, null, Map.of()), AT)
                        .orElseThrow()
                        .fields())
                .containsEntry("node", null);
        assertThat(InstanceVersions.of(server("ACTIVE", LAUNCHED, "compute-1", null, Map.of()), AT)
                        .orElseThrow()
                        .fields())
                .doesNotContainKey("node");
    }

    @Test
    void ofACellThatIsAwayTheApiTellsNothing() {
        assertThat(InstanceVersions.of(server("UNKNOWN", LAUNCHED, Map.of()), AT))
                .isEmpty();
        assertThat(InstanceVersions.of(server("ACTIVE", null, Map.of()), AT)).isEmpty();
    }
}
