// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code status} that Nova's API makes of state and task, which notifications tell instead. */
public final class ServerStatus {
    private ServerStatus() {}

    /** By the state and the task of an instance, as notifications and databases name them. */
    public static String of(String state, @Nullable String task) {
        String now = task == null ? "" : task;
        return switch (state) {
            case "active" -> active(now);
            case "building" -> "BUILD";
            case "stopped" -> isResize(now) ? "RESIZE" : isRebuild(now) ? "REBUILD" : "SHUTOFF";
            case "resized" -> now.equals("resize_reverting") ? "REVERT_RESIZE" : "VERIFY_RESIZE";
            case "paused" -> now.equals("migrating") ? "MIGRATING" : "PAUSED";
            case "rescued" -> "RESCUE";
            case "error" -> isRebuild(now) ? "REBUILD" : "ERROR";
            case "soft-delete" -> "SOFT_DELETED";
            // suspended, shelved, shelved_offloaded, deleted
            default -> state.toUpperCase(Locale.ROOT);
        };
    }

    private static String active(String task) {
        return switch (task) {
            case "rebooting", "reboot_pending", "reboot_started" -> "REBOOT";
            case "rebooting_hard", "reboot_pending_hard", "reboot_started_hard" -> "HARD_REBOOT";
            case "updating_password" -> "PASSWORD";
            case "migrating" -> "MIGRATING";
            default -> isRebuild(task) ? "REBUILD" : isResize(task) ? "RESIZE" : "ACTIVE";
        };
    }

    private static boolean isRebuild(String task) {
        return task.equals("rebuilding") || task.startsWith("rebuild_");
    }

    private static boolean isResize(String task) {
        return switch (task) {
            case "resize_prep", "resize_migrating", "resize_migrated", "resize_finish" -> true;
            default -> false;
        };
    }
}
