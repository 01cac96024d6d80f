// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Instant;

/** One change of the set that readers see, on the condition that nobody changed the same instance since it was read. */
public sealed interface Amendment {
    String id();

    /** The revision that was read; 0 if nothing was known of it. */
    long expected();

    /**
     * To have it so.
     *
     * @param host where it is now; another than before moves it
     */
    record Put(String id, long expected, String host, String body) implements Amendment {}

    /**
     * To have it deleted, and remembered as that.
     *
     * @param at when it was deleted
     */
    record Delete(String id, long expected, Instant at) implements Amendment {}
}
