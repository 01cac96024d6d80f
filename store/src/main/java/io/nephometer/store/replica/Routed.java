// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

/**
 * What became of a read.
 *
 * @param <T> what was asked for
 */
public sealed interface Routed<T> {
    ReadRoute route();

    /** It was answered. */
    record Answer<T>(T value, ReadRoute route) implements Routed<T> {}

    /** Nobody was asked; the route says why. Coming again later helps. */
    record NotNow<T>(ReadRoute route) implements Routed<T> {}
}
