// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

/** What a process does. Each role may run in any number of processes. */
public enum Role {
    /** Everything that is configured, in one process. */
    ALL,
    /** Takes notifications and polled samples from the bus into the ledger. */
    COLLECTOR,
    /** Measures the instances of the hypervisor that it runs on. */
    COMPUTE,
    /** Keeps the cache that the agents of a cloud share up to date; of several processes one does. */
    CENTRAL,
    /** Audits which instances existed when; any number of processes share the hosts. */
    AUDIT
}
