// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import io.nephometer.openstack.nova.Server;

/** What the hypervisor of a server should have of it, by what Nova says. */
public enum Presence {
    /** A domain that runs. */
    RUNNING,
    /** A domain that is defined and does not run. */
    DEFINED,
    /** Perhaps one, perhaps none: a task is under way, it is being built or resized, or in error. */
    UNSURE;

    /** By state and task of the server. */
    public static Presence of(Server server) {
        if (server.taskState() != null || server.vmState() == null) {
            return UNSURE;
        }
        return switch (server.vmState()) {
            case "active", "paused", "rescued" -> RUNNING;
            case "stopped", "suspended", "shelved", "soft-delete" -> DEFINED;
            default -> UNSURE;
        };
    }
}
