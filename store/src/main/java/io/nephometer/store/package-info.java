// SPDX-License-Identifier: Apache-2.0
/**
 * The ledger: the durable store, and the only truth.
 *
 * <table>
 * <caption>Who to call</caption>
 * <tr><td>open for writing, for reading, migrate</td><td>{@link io.nephometer.store.Ledgers}</td></tr>
 * <tr><td>commit a batch, ask whether the store is there</td><td>{@link io.nephometer.store.ledger.Ledger}</td></tr>
 * <tr><td>events, samples, resources, meters, statistics</td><td>{@link io.nephometer.store.ledger.LedgerReader}</td></tr>
 * </table>
 */
@NullMarked
package io.nephometer.store;

import org.jspecify.annotations.NullMarked;
