// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Hypervisor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a real Nova and a real Cinder said of flavors, volumes and attachments, by notifications and by their APIs. */
class AssetEventsTest {
    private static final Instant T = Instant.parse("2026-11-22T02:00:00Z");
    private static final String VOLUME = "ead984e9-bf30-4b99-827b-56cb0264c502";
    private static final String INSTANCE = "71cfa498-0039-44b5-9065-2a63cb8361d8";

    private static List<AssetVersion> told(String type) {
        List<AssetVersion> told = new ArrayList<>();
        RecordedEvents.of("/recorded/exercise-3.jsonl.gz").stream()
                .filter(event -> event.type().equals(type))
                .forEach(event -> told.addAll(AssetEvents.of(event.type(), event.at(), event.payload())));
        return told;
    }

    private static AssetVersion of(List<AssetVersion> told, AssetKind kind, String id) {
        return told.stream()
                .filter(one -> one.kind() == kind && one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void volumesAreToldByTheirOwnEvents() {
        List<AssetVersion> made = new ArrayList<>(told("volume.create.end"));
        // two were made with instances that boot from them
        assertThat(made.removeIf(one -> one.kind() == AssetKind.ATTACHMENT)).isTrue();
        assertThat(made).hasSize(32).allSatisfy(volume -> {
            assertThat(volume.ended()).isNull();
            assertThat(volume.created()).isNotNull();
        });
        AssetVersion resized = told("volume.resize.end").getFirst();
        assertThat(resized.number("size_gb")).isEqualTo(12);
        assertThat(resized.text("project_id")).isEqualTo("a64fed68e1b24f669a671d7da8e8b77e");
        assertThat(told("volume.delete.end")).hasSize(4).allSatisfy(volume -> assertThat(volume.ended())
                .isEqualTo(volume.since()));
        assertThat(told("volume.create.start")).isEmpty();
        assertThat(told("volume.exists")).isEmpty();
    }

    @Test
    void attachmentsAreToldByCinderAndByNova_andEndWithNovas() {
        String id = AssetVersion.attachmentId(VOLUME, INSTANCE);
        AssetVersion attached = of(told("volume.attach.end"), AssetKind.ATTACHMENT, id);
        assertThat(attached.host()).isEqualTo("compute-1");
        assertThat(attached.text("device")).isEqualTo("/dev/sdb");
        assertThat(attached.created()).isEqualTo(Instant.parse("2026-11-22T01:41:17Z"));
        assertThat(attached.fields()).doesNotContainKey("connection_info");
        assertThat(told("compute.instance.volume.attach"))
                .extracting(AssetVersion::id)
                .contains(id);
        AssetVersion detached = of(told("compute.instance.volume.detach"), AssetKind.ATTACHMENT, id);
        assertThat(detached.ended()).isEqualTo(detached.since());
        // the versioned form tells the same
        assertThat(told("instance.volume_attach.end"))
                .extracting(AssetVersion::id)
                .isEqualTo(told("compute.instance.volume.attach").stream()
                        .map(AssetVersion::id)
                        .toList());
        assertThat(of(told("instance.volume_detach.end"), AssetKind.ATTACHMENT, id)
                        .ended())
                .isNotNull();
    }

    @Test
    void flavorsAreMadeChangedAndDeleted() {
        List<AssetVersion> made = told("flavor.create");
        assertThat(made).isNotEmpty().allSatisfy(flavor -> {
            assertThat(flavor.kind()).isEqualTo(AssetKind.FLAVOR);
            assertThat(flavor.number("memory_mb")).isPositive();
        });
        AssetVersion deleted = told("flavor.delete").getFirst();
        assertThat(deleted.ended()).isEqualTo(deleted.since());
        assertThat(made).extracting(AssetVersion::id).contains(deleted.id());
    }

    @Test
    void whatCannotBeReadTellsNothing() {
        for (String type : List.of("volume.create.end", "flavor.create", "compute.instance.volume.attach")) {
            for (Object payload : new Object[] {"text", 5L, Map.of(), Map.of("volume_id", 7L), List.of()}) {
                assertThat(AssetEvents.of(type, T, payload)).isEmpty();
            }
            assertThat(AssetEvents.of(type, T, null)).isEmpty();
        }
    }

    @Test
    void listsTellTheSameUnderTheSameIds() {
        Map<String, @Nullable Object> listed = new HashMap<>();
        listed.put("id", VOLUME);
        listed.put("size", 7);
        listed.put("created_at", "2026-11-22T01:41:10.000000");
        listed.put("os-vol-tenant-attr:tenant_id", "p");
        listed.put(
                "attachments",
                List.of(Map.of(
                        "server_id", INSTANCE, "device", "/dev/sdb", "attached_at", "2026-11-22T01:41:17.000000")));
        List<AssetVersion> versions = AssetVersions.ofVolume(listed, T);
        AssetVersion volume = of(versions, AssetKind.VOLUME, VOLUME);
        assertThat(volume.number("size_gb")).isEqualTo(7);
        assertThat(volume.created()).isEqualTo(Instant.parse("2026-11-22T01:41:10Z"));
        assertThat(of(versions, AssetKind.ATTACHMENT, AssetVersion.attachmentId(VOLUME, INSTANCE))
                        .since())
                .isEqualTo(T);
        assertThat(AssetVersions.ofVolume(Map.of("size", 7), T)).isEmpty();
        Hypervisor hypervisor =
                new Hypervisor("u", "n1", "h1", "QEMU", "up", "enabled", 16, 3, 64_000L, 1L, 500L, 2L, 1);
        AssetVersion host = AssetVersions.of(hypervisor, T).orElseThrow();
        assertThat(host.id()).isEqualTo("h1/n1");
        assertThat(host.number("vcpus")).isEqualTo(16);
        Flavor embedded = new Flavor(null, "m1", 1, 512, 1, 0, 0, Map.of());
        assertThat(AssetVersions.of(embedded, T)).isEqualTo(Optional.empty());
        assertThat(AssetVersions.of(embedded.withId("f"), T).orElseThrow().number("root_gb"))
                .isEqualTo(1);
    }
}
