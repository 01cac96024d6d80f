// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

/** The state of a domain, with the numbers of libvirt's {@code virDomainState}. */
public enum DomainState {
    /** Unknown. */
    NOSTATE(0),
    /** Running. */
    RUNNING(1),
    /** Waiting for a resource; libvirt's drivers of today do not use it. */
    BLOCKED(2),
    /** Paused by somebody. */
    PAUSED(3),
    /** Being shut down. */
    SHUTDOWN(4),
    /** Shut off. */
    SHUTOFF(5),
    /** Crashed. */
    CRASHED(6),
    /** Suspended by the guest's own power management. */
    PMSUSPENDED(7);

    private final int number;

    DomainState(int number) {
        this.number = number;
    }

    /** libvirt's number: what the meter {@code power.state} shows. */
    public int number() {
        return number;
    }

    /** Whether a process of the hypervisor stands behind it, so that it has counters. */
    public boolean isActive() {
        return this != SHUTOFF && this != CRASHED && this != NOSTATE;
    }
}
