// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.compute;

import io.nephometer.simulator.cloud.Server;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code status} that Nova makes of state and task. */
final class ServerStatus {
    private static final Set<String> WITH_PROGRESS =
            Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING");

    private ServerStatus() {}

    static String of(Server server) {
        if (server.isDeleted()) {
            return "DELETED";
        }
        return switch (server.vmState()) {
            case BUILDING -> "BUILD";
            case ACTIVE -> active(server.task());
            case STOPPED -> isResize(server.task()) ? "RESIZE" : "SHUTOFF";
            case RESIZED -> "VERIFY_RESIZE";
            case SHELVED -> "SHELVED";
            case SHELVED_OFFLOADED -> "SHELVED_OFFLOADED";
            case DELETED -> "DELETED";
        };
    }

    private static String active(@Nullable String task) {
        if (task == null) {
            return "ACTIVE";
        }
        if (isResize(task)) {
            return "RESIZE";
        }
        return task.startsWith("reboot") ? "REBOOT" : task.equals("migrating") ? "MIGRATING" : "ACTIVE";
    }

    private static boolean isResize(@Nullable String task) {
        return task != null && task.startsWith("resize_");
    }

    static boolean hasProgress(String status) {
        return WITH_PROGRESS.contains(status);
    }

    /** Nova's number: 1 running, 4 shut down, 0 none. */
    static int power(Server server) {
        return switch (server.vmState()) {
            case ACTIVE, RESIZED -> 1;
            case STOPPED, SHELVED, SHELVED_OFFLOADED -> 4;
            case BUILDING, DELETED -> 0;
        };
    }
}
