// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** The shared cache has no room for what was to be written. Nothing was changed; what is there can be read, and taken away. */
public final class FullCacheException extends SharedCacheException {
    private static final long serialVersionUID = 1L;

    public FullCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
