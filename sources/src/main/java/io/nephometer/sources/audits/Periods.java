// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How time is cut into what is audited at once: periods that follow one another without gap or overlap. */
public interface Periods {
    /** The latest period that is over at {@code now}; one that ends at that very moment is over. */
    Period lastCompleted(Instant now);

    /** The one that ends where {@code period} begins. */
    Period before(Period period);

    /** How long a period is at most. */
    Duration longest();

    /**
     * The periods that ended at {@code since} or later and are over at {@code now}, oldest first. The latest one is always among them, however
     * long ago it ended.
     *
     * @param most of them at most, one at least: the latest ones
     */
    default List<Period> completed(Instant since, Instant now, int most) {
        List<Period> latest = new ArrayList<>();
        Period period = lastCompleted(now);
        do {
            latest.add(period);
            period = before(period);
        } while (!period.end().isBefore(since) && latest.size() < most);
        return List.copyOf(latest.reversed());
    }
}
