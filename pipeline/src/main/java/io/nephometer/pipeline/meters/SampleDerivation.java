// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import java.util.List;

/** What a notification became as samples. */
public sealed interface SampleDerivation {
    /**
     * Samples, possibly none.
     *
     * @param dropped what definitions for this type did not give
     */
    record Derived(List<DerivedSample> samples, List<Dropped> dropped) implements SampleDerivation {
        public Derived {
            samples = List.copyOf(samples);
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * No samples at all, because one of the definitions for this type cannot be applied to the notification.
     *
     * @param meter the name in that definition
     * @param detail what was expected and what was found
     */
    record Failed(String meter, String detail) implements SampleDerivation {}
}
