// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;

/**
 * Something that a project has beside servers and images.
 *
 * @param number counted from 1 within its kind: the later, the higher
 * @param status as the service writes it
 * @param size GiB; of an address 0
 * @param of what it was made of: the volume of a snapshot or backup; empty for others
 */
public record Holding(
        Kind kind,
        int number,
        String id,
        String name,
        User owner,
        String status,
        long size,
        String of,
        Instant created,
        Instant updated) {
    /** Which service has it, and what it is there. */
    public enum Kind {
        VOLUME,
        SNAPSHOT,
        BACKUP,
        FLOATING_IP
    }

    Holding with(String otherStatus, Instant at) {
        return new Holding(kind, number, id, name, owner, otherStatus, size, of, created, at);
    }
}
