// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import org.jspecify.annotations.Nullable;

/** A roster can be neither kept nor read now. */
public final class RostersException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause null if there is no exception behind it */
    public RostersException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
