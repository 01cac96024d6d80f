// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.inventory.discovery.DiscoveredInstance;
import org.jspecify.annotations.Nullable;

/** How the value of a series becomes the volume of a sample. */
sealed interface Derivation {
    /** It is the volume. */
    record None() implements Derivation {}

    /** By how much the counter grew since it was last read. */
    record Delta() implements Derivation {}

    /** By how much the counter grew in a second, brought to the meter's unit by {@code scale}. */
    record Rate(Scale scale) implements Derivation {}

    /** Brings a rate to the unit of its meter. */
    @FunctionalInterface
    interface Scale {
        /** Null if it cannot be told. */
        @Nullable Double of(double perSecond, DiscoveredInstance instance);
    }

    static Derivation none() {
        return new None();
    }

    static Derivation delta() {
        return new Delta();
    }

    /** What the counter counts, each second. */
    static Derivation perSecond() {
        return new Rate((perSecond, _) -> perSecond);
    }
}
