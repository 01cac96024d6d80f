// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.List;

/** The meters of hypervisors themselves that compute agents measure, and what Nova calls what they show. */
final class HostMeters {
    /** All of them, as a pattern. */
    static final String ALL = "host.*";

    static final String FREQUENCY = "host.cpu.frequency";
    static final String USER = "host.cpu.user.time";
    static final String KERNEL = "host.cpu.kernel.time";
    static final String IDLE = "host.cpu.idle.time";
    static final String IOWAIT = "host.cpu.iowait.time";

    /** In nanoseconds since the host was started; together all that its processors could do. */
    static final List<String> TIMES = List.of(USER, KERNEL, IDLE, IOWAIT);

    private HostMeters() {}
}
