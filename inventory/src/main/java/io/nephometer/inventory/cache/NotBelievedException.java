// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

/** Nova answered, with what cannot be true. The message says what, and what to do. */
public final class NotBelievedException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotBelievedException(String message) {
        super(message);
    }
}
