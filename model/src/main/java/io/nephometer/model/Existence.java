// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * That an instance existed in a period, as its notification says it, in whichever form. It is metered once, whoever says it first: instance and
 * period are its natural key. What others say is kept, and compared.
 *
 * @param begin of the period, in whole seconds: Nova's legacy form has more of some, its versioned form never
 * @param end of the period, in whole seconds; not before its beginning for those who tell the truth
 * @param facts what is compared, by name
 */
public record Existence(String instance, Instant begin, Instant end, List<Trait> facts) {
    public Existence {
        if (instance.isBlank()) {
            throw new IllegalArgumentException("the existence of an instance without an id");
        }
        begin = begin.truncatedTo(ChronoUnit.SECONDS);
        end = end.truncatedTo(ChronoUnit.SECONDS);
        facts = List.copyOf(facts);
    }
}
