// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.util.Locale;

/** Why a coordinator did not do what it was asked for. */
public enum CoordinationFailure {
    /** Nobody answers at its address, or whoever answers has lost the others that it needs. */
    UNREACHABLE,
    /** It did not answer in time. Whether it did what it was asked for is unknown. */
    TIMED_OUT,
    /** It does not let us in, or not do this. */
    REFUSED,
    /** It answered what cannot be right. */
    BROKEN,
    /** We closed it, or were interrupted. */
    CLOSED;

    /** As in a metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
