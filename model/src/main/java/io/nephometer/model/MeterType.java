// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.Locale;
import java.util.Optional;

/** How the volumes of a meter relate to one another over time. */
public enum MeterType {
    /** A value that stands for itself: a size, a count of what exists. */
    GAUGE,
    /** A change since the last value. */
    DELTA,
    /** A counter that only grows, but for resets. */
    CUMULATIVE;

    /** The name on the wire and in definitions. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this exact wire name. */
    public static Optional<MeterType> ofWireName(String name) {
        return switch (name) {
            case "gauge" -> Optional.of(GAUGE);
            case "delta" -> Optional.of(DELTA);
            case "cumulative" -> Optional.of(CUMULATIVE);
            default -> Optional.empty();
        };
    }
}
