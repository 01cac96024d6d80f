// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A part of a polling source's work that one member does whole: a listing such as {@code images}, or a share of the resources
 * of a discovery, such as {@code tenant/17}. In the ledger it stands where a compute agent's host stands.
 *
 * @param source name of the polling source
 * @param interval of the source
 * @param name unique within the source, and the same for every member and for ever
 */
public record WorkUnit(String source, Duration interval, String name) {
    public WorkUnit {
        if (source.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a unit of work has a source and a name, not '" + source + "', '" + name + "'");
        }
    }

    /** Its slot that {@code time} falls into. */
    public Slot slotAt(Instant time) {
        return Slot.at(source, interval, time);
    }

    /** For people, and for hashing: {@code central/600 s/images}. */
    public String key() {
        return source + "/" + interval.toSeconds() + " s/" + name;
    }
}
