// SPDX-License-Identifier: Apache-2.0
/**
 * Reads that may be answered by a replica, because it is proven how old its answer can be.
 *
 * <p>A reader says what it needs ({@link io.nephometer.store.replica.ReadIntent}) and what may happen if no replica can give it
 * ({@link io.nephometer.store.replica.Fallback}); {@link io.nephometer.store.replica.ReplicaRouter} chooses the server and tells
 * which one it was ({@link io.nephometer.store.replica.ReadRoute}). How old a replica is follows from positions of the databases'
 * own logs ({@link io.nephometer.store.replica.PositionRing}), never from what a server says about its own lag.
 */
@NullMarked
package io.nephometer.store.replica;

import org.jspecify.annotations.NullMarked;
