// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.Shortfall;
import org.jspecify.annotations.Nullable;

/** Nothing could be measured. */
public final class UnmeasurableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Shortfall why;

    /** @param cause null if there is no exception behind it */
    public UnmeasurableException(Shortfall why, @Nullable Throwable cause) {
        super(why.reason() + ": " + why.detail(), cause);
        this.why = why;
    }

    /** What a slot says that stays without measurements because of it. */
    public Shortfall why() {
        return why;
    }
}
