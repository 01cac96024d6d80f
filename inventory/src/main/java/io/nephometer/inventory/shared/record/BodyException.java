// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

/** A body of the cache is not one of ours; the message says where and what. */
public final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    BodyException(String message) {
        super(message);
    }

    BodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
