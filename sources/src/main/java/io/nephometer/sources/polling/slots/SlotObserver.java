// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import java.time.Duration;

/** Is told how cycles go, for counters and health. Called by one thread for each interval; must not block. */
public interface SlotObserver {
    /**
     * A slot was measured, and all of it taken.
     *
     * @param after how long after the start of the slot it began
     * @param took measuring and handing over
     */
    void measured(Duration interval, Duration after, Duration took, int samples);

    /**
     * Slots went by without measurements.
     *
     * @param reason as the shortfall has it
     */
    void missed(Duration interval, String reason, long slots);

    /** Measurements were lost: the sink did not take them. */
    void lost(Duration interval, int samples, String reason);

    /** Interested in nothing. */
    static SlotObserver none() {
        return new SlotObserver() {
            @Override
            public void measured(Duration interval, Duration after, Duration took, int samples) {}

            @Override
            public void missed(Duration interval, String reason, long slots) {}

            @Override
            public void lost(Duration interval, int samples, String reason) {}
        };
    }
}
