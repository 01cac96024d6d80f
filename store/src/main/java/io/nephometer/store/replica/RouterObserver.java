// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

/** Sees what a router does. Methods return at once. */
public interface RouterObserver {
    /** Watches nothing. */
    RouterObserver NONE = new RouterObserver() {};

    /** A read went somewhere, or nowhere. */
    default void routed(ReadRoute route) {}

    /** No replica could give what was needed. */
    default void fellBack(Fallback fallback) {}

    /** A replica is in another state now. */
    default void changed(ReplicaStatus now) {}
}
