// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

/** What can be asked of a hypervisor separately, since each group costs it something. */
public enum CounterGroup {
    /** Time on the processors, and how many there are. */
    CPU,
    /** The balloon and what the guest says of its memory. */
    MEMORY,
    /** Requests, bytes, times and sizes of each disk. */
    DISK,
    /** Bytes, packets, errors and drops of each network interface. */
    NETWORK,
    /** Hardware counters (cycles, instructions, cache), where the domain has them switched on. */
    PERF,
    /** Sizes and processors of domains that do not run; without it nothing is asked about them. */
    STOPPED
}
