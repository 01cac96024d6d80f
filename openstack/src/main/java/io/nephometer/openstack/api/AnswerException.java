// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

/** An answer that is not what the API promises: where in the JSON, and what is there instead. */
public final class AnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    public AnswerException(String message) {
        super(message);
    }

    AnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
