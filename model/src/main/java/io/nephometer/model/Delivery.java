// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** One message in our hands that its source still holds responsible for us until it is settled. */
public interface Delivery {
    RawMessage message();

    /**
     * Whether the source says that it gave this message to somebody before. May be true for one that nobody saw; false
     * throughout for sources that never give anything twice.
     */
    default boolean redelivered() {
        return false;
    }
}
