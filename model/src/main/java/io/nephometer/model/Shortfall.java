// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.Set;

/**
 * Why something is missing in a slot.
 *
 * @param reason for counting, as a metric label would have it: {@code hypervisor_unreachable}, {@code overrun}
 * @param count how many samples or resources this stands for; 0 if nobody can tell
 * @param detail for a human: "libvirt gave no answer within 10 s"
 */
public record Shortfall(String reason, long count, String detail) {
    /** Nothing is missing, for there is nothing to measure: the cloud has no such service. */
    public static final String NO_SERVICE = "no_service";

    private static final Set<String> LOSSES = Set.of("spool_overflow", "spool_damaged", "bus_refused");

    /** Whether it says that measurements were lost on their way, which holds whatever else comes of the slot. */
    public boolean isLoss() {
        return LOSSES.contains(reason);
    }

    /** Whether it says that there is nothing that could be missing. */
    public boolean isNothing() {
        return reason.equals(NO_SERVICE);
    }
}
