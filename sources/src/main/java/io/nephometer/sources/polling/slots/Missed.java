// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.Shortfall;
import java.util.Locale;

/** Why a slot went by without being measured at all; with what the hypervisor says, the reasons of missing slots. */
public enum Missed {
    /** An earlier cycle took until after it. */
    OVERRUN("the cycle before it took too long"),
    /** This process did not run: stopped, or its machine was. */
    PROCESS_PAUSED("the process did not run"),
    /** The wall clock leapt forward: set, or the machine slept. */
    CLOCK_LEAPT("the clock went forward by more than the time that passed"),
    /** The counters were read, but not in their slot. */
    MEASURED_LATE("the counters were read after its end or before its start"),
    /** Measuring failed, which is a defect. */
    FAILED("measuring failed, which is a defect"),
    /** It was measured, and the sink did not take it. */
    NOT_TAKEN("measured, but nobody took it");

    private final String meaning;

    Missed(String meaning) {
        this.meaning = meaning;
    }

    /** As in a shortfall and in metrics: {@code process_paused}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param detail what there is to say of this one; may be empty */
    Shortfall shortfall(String detail) {
        return new Shortfall(label(), 0, detail.isEmpty() ? meaning : meaning + ": " + detail);
    }
}
