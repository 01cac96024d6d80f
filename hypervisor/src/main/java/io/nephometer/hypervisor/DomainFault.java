// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

/**
 * Why something of one domain is missing.
 *
 * @param domain its UUID, or its name if the UUID could not be read
 * @param kind for counting
 * @param detail for a human: what failed, with the value that was wrong
 */
public record DomainFault(String domain, Kind kind, String detail) {
    /** Kinds of fault; they become labels of metrics. */
    public enum Kind {
        /** The hypervisor gave no counters for it, or not all that were wanted. */
        NO_COUNTERS,
        /** Its description could not be read this time; it is tried again at the next inspection. */
        NO_DESCRIPTION,
        /** Its description is not well-formed or lacks what every description has. */
        BAD_DESCRIPTION,
        /** It is not one of Nova's: nothing in its description says whose it is. */
        NOT_NOVA
    }
}
