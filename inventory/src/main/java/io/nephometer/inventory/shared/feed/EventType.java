// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event type: its format, and what an event of it is about. Only what is told <em>after</em> a change counts, by
 * whoever made it: the source of a migration tells its own host once more when the instance is at home elsewhere
 * ({@code live_migration._post.end}), and a build that failed ({@code create.error}) a host that the instance is not on.
 */
record EventType(boolean versioned, EventKind kind) {
    private static final String LEGACY = "compute.instance.";
    private static final String VERSIONED = "instance.";
    private static final Map<String, EventKind> KINDS = kinds();

    /** Empty if events of the type tell nothing that is new and right. */
    static Optional<EventType> of(String type) {
        boolean legacy = type.startsWith(LEGACY);
        if (!legacy && !type.startsWith(VERSIONED)) {
            return Optional.empty();
        }
        @Nullable EventKind kind = KINDS.get(type.substring(legacy ? LEGACY.length() : VERSIONED.length()));
        return kind == null ? Optional.empty() : Optional.of(new EventType(!legacy, kind));
    }

    private static Map<String, EventKind> kinds() {
        Map<String, EventKind> kinds = new HashMap<>();
        put(kinds, EventKind.CREATE, "create.end");
        put(kinds, EventKind.UPDATE, "update");
        put(kinds, EventKind.POWER, "power_on.end", "power_off.end", "reboot.end", "pause.end", "unpause.end");
        put(kinds, EventKind.POWER, "suspend.end", "resume.end");
        put(kinds, EventKind.RESIZE, "resize.end", "finish_resize.end", "resize.confirm.end", "resize.revert.end");
        put(kinds, EventKind.RESIZE, "resize_finish.end", "resize_confirm.end", "resize_revert.end");
        put(kinds, EventKind.MIGRATE, "live_migration.post.dest.end", "live_migration_post_dest.end");
        put(kinds, EventKind.SHELVE, "shelve.end", "shelve_offload.end", "unshelve.end");
        put(kinds, EventKind.REBUILD, "rebuild.end", "rescue.end", "unrescue.end");
        put(kinds, EventKind.DELETE, "delete.end");
        return Map.copyOf(kinds);
    }

    private static void put(Map<String, EventKind> kinds, EventKind kind, String... suffixes) {
        for (String suffix : suffixes) {
            kinds.put(suffix, kind);
        }
    }
}
