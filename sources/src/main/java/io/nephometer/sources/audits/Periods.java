// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;

/** How time is cut into what is audited at once: periods that follow one another without gap or overlap. */
public interface Periods {
    /** The latest period that is over at {@code now}; one that ends at that very moment is over. */
    Period lastCompleted(Instant now);

    /**
     * The periods that begin at {@code from} or later and are over at {@code now}, oldest first.
     *
     * @param most of them at most: the latest ones
     */
    List<Period> completed(Instant from, Instant now, int most);
}
