// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/** A write was refused, since another refreshes now, or the cache has been emptied or lacks what was written. Nothing was changed. */
public final class LostSeatException extends SharedCacheException {
    private static final long serialVersionUID = 1L;

    public LostSeatException(String message) {
        super(message);
    }
}
