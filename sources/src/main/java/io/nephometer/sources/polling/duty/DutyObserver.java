// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import java.time.Duration;

/** Is told how duties go, for counters and health. Called by one thread; must not block. */
public interface DutyObserver {
    /**
     * Another member has a later tenure of the unit: it is not owned any more, whatever was thought.
     *
     * @param tenure what was done under
     */
    void fenced(WorkUnit unit, Tenure tenure);

    /**
     * A slot was measured and handed over.
     *
     * @param after how long after the start of the slot its measuring began
     */
    void done(WorkUnit unit, Slot slot, Duration after, int samples);

    /** A slot is missing. */
    void missed(WorkUnit unit, Slot slot, String reason);

    /** Interested in nothing. */
    static DutyObserver none() {
        return new DutyObserver() {
            @Override
            public void fenced(WorkUnit unit, Tenure tenure) {}

            @Override
            public void done(WorkUnit unit, Slot slot, Duration after, int samples) {}

            @Override
            public void missed(WorkUnit unit, Slot slot, String reason) {}
        };
    }
}
