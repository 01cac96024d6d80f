// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import org.jspecify.annotations.Nullable;

/** A coordinator did not do what it was asked for, or it is unknown whether it did; the message says where and what. */
public final class CoordinationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CoordinationFailure failure;

    public CoordinationException(CoordinationFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public CoordinationException(CoordinationFailure failure, String message) {
        this(failure, message, null);
    }

    /** The kind, to branch on. */
    public CoordinationFailure failure() {
        return failure;
    }
}
