// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

/**
 * A field expression, or the conversion of what it found, does not apply to the notification at hand. Has no stack trace,
 * because every message of a kind may raise it.
 */
public final class FieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what did not apply to which value */
    public FieldException(String message) {
        super(message, null, false, false);
    }
}
