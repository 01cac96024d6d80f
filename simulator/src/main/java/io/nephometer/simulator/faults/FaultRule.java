// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.faults;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which requests meet a fault: all of them, unless it is narrowed down.
 *
 * @param service {@code keystone}, {@code nova} or {@code glance}; null for all
 * @param path what the path must contain; empty for every path
 * @param times how many requests it strikes
 * @param until when it ends, on the hosts' clock; null for never
 */
public record FaultRule(
        Fault fault,
        @Nullable String service,
        String path,
        int times,
        @Nullable Instant until) {

    /** Every request of every service, until it is cleared. */
    public static FaultRule always(Fault fault) {
        return new FaultRule(fault, null, "", Integer.MAX_VALUE, null);
    }

    public FaultRule on(String onlyService) {
        return new FaultRule(fault, onlyService, path, times, until);
    }

    public FaultRule at(String onlyPath) {
        return new FaultRule(fault, service, onlyPath, times, until);
    }

    public FaultRule times(int atMost) {
        return new FaultRule(fault, service, path, atMost, until);
    }

    public FaultRule until(Instant end) {
        return new FaultRule(fault, service, path, times, end);
    }

    boolean strikes(String askedService, String askedPath, Instant now) {
        return (service == null || service.equals(askedService))
                && askedPath.contains(path)
                && (until == null || now.isBefore(until));
    }
}
