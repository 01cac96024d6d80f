// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.util.Locale;

/** Why a pollster gives no sample of a resource that it could measure; a label of metrics. */
public enum Skip {
    /** The hypervisor does not say the value: no balloon statistics, no hardware counters. */
    NOT_AVAILABLE,
    /** Nothing to compare with: the first cycle, a new or returned instance, a new device. */
    NO_EARLIER_VALUE,
    /** The counter began anew, so that nothing can be said about the time between. */
    COUNTER_RESET,
    /** Too long since the last reading for a rate of this slot, or no time at all. */
    GAP,
    /** The pollster failed, which is a defect; the log says how. */
    FAILED;

    /** As in metrics: {@code not_available}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
