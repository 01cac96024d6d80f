// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.model.UserMetadataRule;
import io.nephometer.openstack.nova.Flavor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes {@link Facts} as Ceilometer's compute samples do: the same keys, in the same order, with values of the same types. */
final class MetadataWriter {
    private final UserMetadataRule userMetadata;

    MetadataWriter(UserMetadataRule userMetadata) {
        this.userMetadata = userMetadata;
    }

    InstanceMetadata write(Facts facts) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("display_name", facts.displayName());
        values.put("name", orEmpty(facts.domainName()));
        values.put("instance_id", facts.id());
        values.put("instance_type", flavorName(facts));
        values.put("host", facts.hostId());
        values.put("instance_host", orEmpty(facts.host()));
        values.put("flavor", flavor(facts));
        values.put("status", facts.status());
        values.put("state", orEmpty(facts.state()));
        values.put("task_state", facts.taskState());
        image(values, facts);
        putIfAny(values, "reservation_id", facts.reservationId());
        putIfAny(values, "architecture", facts.architecture());
        putIfAny(values, "OS-EXT-AZ:availability_zone", facts.availabilityZone());
        putIfAny(values, "kernel_id", facts.kernelId());
        putIfAny(values, "os_type", facts.osType());
        putIfAny(values, "ramdisk_id", facts.ramdiskId());
        sizes(values, facts.flavor());
        Map<String, @Nullable Object> user = userMetadata.of(new TreeMap<>(facts.user()), values);
        if (!user.isEmpty()) {
            values.put("user_metadata", user);
        }
        return InstanceMetadata.of(values);
    }

    private static @Nullable String flavorName(Facts facts) {
        if (facts.flavor() != null) {
            return facts.flavor().name();
        }
        return facts.flavorId() == null ? null : "unknown-id-" + facts.flavorId();
    }

    private static Map<String, @Nullable Object> flavor(Facts facts) {
        Flavor flavor = facts.flavor();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        // Consumers want an id; as in Ceilometer, the name stands in where nobody knows it.
        map.put("id", facts.flavorId() == null && flavor != null ? flavor.name() : facts.flavorId());
        map.put("name", flavorName(facts));
        map.put("vcpus", flavor == null ? null : (long) flavor.vcpus());
        map.put("ram", flavor == null ? null : (long) flavor.memoryMiB());
        map.put("disk", flavor == null ? null : (long) flavor.diskGiB());
        map.put("ephemeral", flavor == null ? null : (long) flavor.ephemeralGiB());
        map.put("swap", flavor == null ? null : (long) flavor.swapMiB());
        if (flavor != null && !flavor.extraSpecs().isEmpty()) {
            map.put("extra_specs", new TreeMap<>(flavor.extraSpecs()));
        }
        return map;
    }

    private static void image(Map<String, @Nullable Object> values, Facts facts) {
        Map<String, @Nullable Object> image = null;
        if (facts.imageId() != null) {
            image = new LinkedHashMap<>();
            image.put("id", facts.imageId());
            if (facts.imageName() != null) {
                image.put("name", facts.imageName());
            }
        }
        values.put("image", image);
        values.put("image_ref", facts.imageId());
        values.put("image_ref_url", null);
        if (!facts.imageMeta().isEmpty()) {
            values.put("image_meta", facts.imageMeta());
        }
    }

    private static void sizes(Map<String, @Nullable Object> values, @Nullable Flavor flavor) {
        values.put("vcpus", flavor == null ? null : (long) flavor.vcpus());
        values.put("memory_mb", flavor == null ? null : (long) flavor.memoryMiB());
        values.put("disk_gb", flavor == null ? null : (long) flavor.diskGiB());
        values.put("ephemeral_gb", flavor == null ? null : (long) flavor.ephemeralGiB());
        values.put("root_gb", flavor == null ? null : (long) flavor.diskGiB());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void putIfAny(Map<String, @Nullable Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }
}
