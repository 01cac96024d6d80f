// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

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

/** Makes versions of hosts, flavors, volumes and attachments of what the APIs of Nova and Cinder list. */
public final class AssetVersions {
    private AssetVersions() {}

    /** A hypervisor; empty if it is not said which host it is of. What it uses is left out: it changes all the time, and is counted anew. */
    public static Optional<AssetVersion> of(Hypervisor hypervisor, Instant told) {
        String host = hypervisor.host();
        if (host == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("nodename", hypervisor.hostname());
        fields.put("hypervisor_id", hypervisor.id());
        fields.put("hypervisor_type", hypervisor.type());
        fields.put("state", hypervisor.state());
        fields.put("status", hypervisor.status());
        Integer vcpus = hypervisor.vcpus();
        fields.put("vcpus", vcpus == null ? null : (Long) vcpus.longValue());
        fields.put("memory_mb", hypervisor.memoryMiB());
        fields.put("local_gb", hypervisor.diskGiB());
        String id = AssetVersion.hostId(host, hypervisor.hostname());
        return Optional.of(new AssetVersion(AssetKind.HOST, id, told, told, host, null, null, fields));
    }

    /** A flavor; empty if it has no id of its own. */
    public static Optional<AssetVersion> of(Flavor flavor, Instant told) {
        String id = flavor.id();
        if (id == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", flavor.name());
        fields.put("vcpus", (long) flavor.vcpus());
        fields.put("memory_mb", (long) flavor.memoryMiB());
        fields.put("root_gb", (long) flavor.diskGiB());
        fields.put("ephemeral_gb", (long) flavor.ephemeralGiB());
        fields.put("swap_mb", (long) flavor.swapMiB());
        fields.put("extra_specs", new HashMap<>(flavor.extraSpecs()));
        return Optional.of(new AssetVersion(AssetKind.FLAVOR, id, told, told, null, null, null, fields));
    }

    /**
     * A volume, and who has it.
     *
     * @param volume as Cinder lists it
     */
    public static List<AssetVersion> ofVolume(Map<String, @Nullable Object> volume, Instant told) {
        Payload values = new Payload(volume);
        String id = values.text("id");
        if (id == null) {
            return List.of();
        }
        Instant created = EventTime.seconds(values.text("created_at"));
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", values.text("name"));
        fields.put("size_gb", values.object("size") instanceof Number size ? (Long) size.longValue() : null);
        fields.put("volume_type", values.text("volume_type"));
        fields.put("status", values.text("status"));
        fields.put("project_id", values.text("os-vol-tenant-attr:tenant_id"));
        fields.put("user_id", values.text("user_id"));
        fields.put("availability_zone", values.text("availability_zone"));
        List<AssetVersion> all = new ArrayList<>();
        all.add(new AssetVersion(AssetKind.VOLUME, id, told, told, null, created, null, fields));
        if (values.object("attachments") instanceof List<?> attachments) {
            for (Object one : attachments) {
                Payload.of(one).flatMap(it -> attachment(id, it, told)).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<AssetVersion> attachment(String volume, Payload values, Instant told) {
        String instance = values.text("server_id");
        return instance == null
                ? Optional.empty()
                : Optional.of(attachment(
                        volume,
                        instance,
                        values.text("host_name"),
                        values.text("device"),
                        EventTime.seconds(values.text("attached_at")),
                        told,
                        null));
    }

    /** @param ended null while the instance has it */
    static AssetVersion attachment(
            String volume,
            String instance,
            @Nullable String host,
            @Nullable String device,
            @Nullable Instant attached,
            Instant since,
            @Nullable Instant ended) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("volume_id", volume);
        fields.put("instance_id", instance);
        if (device != null) {
            fields.put("device", device);
        }
        String id = AssetVersion.attachmentId(volume, instance);
        return new AssetVersion(AssetKind.ATTACHMENT, id, since, since, host, attached, ended, fields);
    }
}
