// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes versions of flavors, volumes and attachments of what notifications of Nova and Cinder tell. */
public final class AssetEvents {
    /** After these a volume is as its payload says. */
    private static final Set<String> VOLUME = Set.of(
            "volume.create.end",
            "volume.update.end",
            "volume.resize.end",
            "volume.retype",
            "volume.attach.end",
            "volume.detach.end",
            "volume.transfer.accept.end");

    private static final String VOLUME_DELETED = "volume.delete.end";

    private AssetEvents() {}

    /**
     * What a notification tells; often nothing.
     *
     * @param at its timestamp
     * @param payload plain JSON values
     */
    public static List<AssetVersion> of(String eventType, Instant at, @Nullable Object payload) {
        return switch (eventType) {
            case "flavor.create", "flavor.update" -> flavor(payload, at, null);
            case "flavor.delete" -> flavor(payload, at, at);
            case "compute.instance.volume.attach" -> attachment(Payload.of(payload), "instance_id", at, null);
            case "compute.instance.volume.detach" -> attachment(Payload.of(payload), "instance_id", at, at);
            case "instance.volume_attach.end" -> attachment(Payload.ofVersioned(payload), "uuid", at, null);
            case "instance.volume_detach.end" -> attachment(Payload.ofVersioned(payload), "uuid", at, at);
            default -> volume(eventType, at, payload);
        };
    }

    private static List<AssetVersion> flavor(@Nullable Object payload, Instant at, @Nullable Instant ended) {
        Payload values = Payload.ofVersioned(payload).orElse(new Payload(Map.of()));
        String id = values.text("flavorid");
        if (id == null) {
            return List.of();
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", values.text("name"));
        number("vcpus", "vcpus", values, fields);
        number("memory_mb", "memory_mb", values, fields);
        number("root_gb", "root_gb", values, fields);
        number("ephemeral_gb", "ephemeral_gb", values, fields);
        number("swap", "swap_mb", values, fields);
        if (values.object("extra_specs") != null) {
            fields.put("extra_specs", values.texts("extra_specs"));
        }
        return List.of(new AssetVersion(AssetKind.FLAVOR, id, at, at, null, null, ended, fields));
    }

    private static void number(String from, String to, Payload values, Map<String, @Nullable Object> fields) {
        if (values.object(from) instanceof Number number) {
            fields.put(to, number.longValue());
        }
    }

    private static List<AssetVersion> attachment(
            Optional<Payload> payload, String instanceField, Instant at, @Nullable Instant ended) {
        Payload values = payload.orElse(new Payload(Map.of()));
        String volume = values.text("volume_id");
        String instance = values.text(instanceField);
        return volume == null || instance == null
                ? List.of()
                : List.of(AssetVersions.attachment(
                        volume, instance, values.text("host"), null, ended == null ? at : null, at, ended));
    }

    private static List<AssetVersion> volume(String eventType, Instant at, @Nullable Object payload) {
        boolean isGone = eventType.equals(VOLUME_DELETED);
        if (!isGone && !VOLUME.contains(eventType)) {
            return List.of();
        }
        Payload values = Payload.of(payload).orElse(new Payload(Map.of()));
        String id = values.text("volume_id");
        if (id == null) {
            return List.of();
        }
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("name", values.text("display_name"));
        number("size", "size_gb", values, fields);
        fields.put("volume_type_id", values.text("volume_type"));
        fields.put("status", values.text("status"));
        fields.put("project_id", values.text("tenant_id"));
        fields.put("user_id", values.text("user_id"));
        fields.put("availability_zone", values.text("availability_zone"));
        List<AssetVersion> all = new ArrayList<>();
        all.add(new AssetVersion(
                AssetKind.VOLUME,
                id,
                at,
                at,
                null,
                EventTime.seconds(values.text("created_at")),
                isGone ? at : null,
                fields));
        if (values.object("volume_attachment") instanceof List<?> attachments) {
            for (Object one : attachments) {
                Payload.of(one).flatMap(it -> attachment(id, it, at)).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<AssetVersion> attachment(String volume, Payload values, Instant at) {
        String instance = values.text("instance_uuid");
        return instance == null || !"attached".equals(values.text("attach_status"))
                ? Optional.empty()
                : Optional.of(AssetVersions.attachment(
                        volume,
                        instance,
                        values.text("attached_host"),
                        values.text("mountpoint"),
                        EventTime.seconds(values.text("attach_time")),
                        at,
                        null));
    }
}
