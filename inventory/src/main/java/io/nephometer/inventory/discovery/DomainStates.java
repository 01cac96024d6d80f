// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.DomainState;

/** What Ceilometer calls the states of a domain when the hypervisor alone tells them. */
final class DomainStates {
    private DomainStates() {}

    /** In place of Nova's {@code vm_state}. */
    static String state(DomainState state) {
        return switch (state) {
            case NOSTATE -> "pending";
            case RUNNING, BLOCKED -> "running";
            case PAUSED -> "paused";
            case SHUTDOWN, SHUTOFF -> "shutdown";
            case CRASHED -> "crashed";
            case PMSUSPENDED -> "suspended";
        };
    }

    /** In place of the status of Nova's API. */
    static String status(DomainState state) {
        return switch (state) {
            case NOSTATE -> "building";
            case RUNNING, BLOCKED -> "active";
            case PAUSED -> "paused";
            case SHUTDOWN, SHUTOFF -> "stopped";
            case CRASHED -> "error";
            case PMSUSPENDED -> "suspended";
        };
    }
}
