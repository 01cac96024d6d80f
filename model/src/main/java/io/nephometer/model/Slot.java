// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One interval of a polling source on the wall clock: {@code [start, start + interval)}, where start is a whole multiple of the
 * interval since the epoch. A polled sample belongs to exactly one slot.
 *
 * @param source name of the polling source
 */
public record Slot(String source, Duration interval, Instant start) {
    private static final UUID NAMESPACE = UUID.fromString("0c5a3c1e-7b0d-5b0e-8a3f-6d1f0a9e2b47");

    public Slot {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("interval of a slot is shorter than a second: " + interval);
        }
        if (start.getNano() != 0 || Math.floorMod(start.getEpochSecond(), interval.toSeconds()) != 0) {
            throw new IllegalArgumentException("slot of " + interval + " does not begin at a multiple of it: " + start);
        }
    }

    /** The slot of the source that {@code time} falls into. */
    public static Slot at(String source, Duration interval, Instant time) {
        long seconds = interval.toSeconds();
        return new Slot(
                source, interval, Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds));
    }

    /** The first moment that is not in it. */
    public Instant end() {
        return start.plus(interval);
    }

    /** Whether {@code time} falls into it. */
    public boolean contains(Instant time) {
        return !time.isBefore(start) && time.isBefore(end());
    }

    /** The slot after it. */
    public Slot next() {
        return new Slot(source, interval, end());
    }

    /** The id of the sample of a meter and a resource in this slot: the same whoever measures it, and however often. */
    public MessageId sampleId(Meter meter, String resourceId) {
        String name = source + "/" + interval.toSeconds() + "/" + start.getEpochSecond() + "/" + meter.name() + "/"
                + resourceId;
        return new MessageId(NameUuid.of(NAMESPACE, name).toString());
    }
}
