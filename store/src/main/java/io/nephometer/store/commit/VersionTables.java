// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.AssetKind;

/**
 * Where lives and versions of one kind of thing are kept. The columns are the same for all kinds.
 *
 * @param lives a row for each of them
 * @param versions how each was from some moment on
 */
public record VersionTables(String lives, String versions) {
    /** Those of instances. */
    public static final VersionTables INSTANCES = new VersionTables("inventory_instances", "inventory_versions");

    /** Those of another kind. */
    public static VersionTables of(AssetKind kind) {
        return switch (kind) {
            case HOST -> new VersionTables("inventory_hosts", "inventory_host_versions");
            case FLAVOR -> new VersionTables("inventory_flavors", "inventory_flavor_versions");
            case VOLUME -> new VersionTables("inventory_volumes", "inventory_volume_versions");
            case ATTACHMENT -> new VersionTables("inventory_attachments", "inventory_attachment_versions");
        };
    }
}
