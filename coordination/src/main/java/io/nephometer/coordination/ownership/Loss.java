// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.util.Locale;

/** Why a unit was given up. */
public enum Loss {
    /** Members changed, and it is another's now. */
    MOVED,
    /** Our membership had ended without our doing: this process was paused or cut off for longer than the lease. */
    DROPPED,
    /** The coordinator has not been heard of for so many periods of the unit that going on would be no better than guessing. */
    STRANDED,
    /** The ledger refused what we did: it gave a later epoch to somebody. */
    FENCED,
    /** Our clock differs too much from that of the ledger. */
    CLOCK_OFF,
    /** Another process with our name was there before us. */
    STANDS_BY,
    /** It is no part of the work any more. */
    RETIRED,
    /** We leave. */
    LEFT;

    /** As in a metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
