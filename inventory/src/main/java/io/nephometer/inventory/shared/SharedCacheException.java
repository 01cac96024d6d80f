// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** The shared cache did not answer, or not as it should; the message says where and what. Whether a write happened is unknown. */
public class SharedCacheException extends Exception {
    private static final long serialVersionUID = 1L;

    public SharedCacheException(String message, Throwable cause) {
        super(message, cause);
    }

    public SharedCacheException(String message) {
        super(message);
    }
}
