// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import java.util.Map;

/**
 * What the versioned format calls an event about an instance, and its payload.
 *
 * @param type such as {@code instance.resize_prep.start}
 * @param payload name of the object
 * @param version of the object
 */
record VersionedType(String type, String payload, String version) {
    private static final String LEGACY = "compute.instance.";

    /** Whatever is not called the same: what stands before {@code start} and {@code end}. */
    private static final Map<String, String> RENAMED = Map.of(
            "resize.prep",
            "resize_prep",
            "resize.confirm",
            "resize_confirm",
            "finish_resize",
            "resize_finish",
            "live_migration.pre",
            "live_migration_pre",
            "live_migration._post",
            "live_migration_post",
            "live_migration.post.dest",
            "live_migration_post_dest");

    /** @param legacy such as {@code compute.instance.resize.prep.start} */
    static VersionedType of(String legacy) {
        String name = legacy.substring(LEGACY.length());
        int dot = name.lastIndexOf('.');
        String action = dot < 0 ? name : name.substring(0, dot);
        String renamed = RENAMED.getOrDefault(action, action);
        String type = "instance." + renamed + (dot < 0 ? "" : name.substring(dot));
        return switch (renamed) {
            case "create" -> new VersionedType(type, "InstanceCreatePayload", "1.12");
            case "update" -> new VersionedType(type, "InstanceUpdatePayload", "2.0");
            case "exists" -> new VersionedType(type, "InstanceExistsPayload", "2.0");
            case "resize_prep" -> new VersionedType(type, "InstanceActionResizePrepPayload", "1.3");
            default -> new VersionedType(type, "InstanceActionPayload", "1.8");
        };
    }
}
