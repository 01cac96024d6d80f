// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

/**
 * There is no second set of this refresher: it began none, it was shown already, or somebody dropped it. Nothing was changed. Whoever
 * missed the answer to {@link RefresherSeat#show} finds in the record of the last refresh whether it was shown.
 */
public final class NotBegunException extends SharedCacheException {
    private static final long serialVersionUID = 1L;

    public NotBegunException(String message) {
        super(message);
    }
}
