// SPDX-License-Identifier: Apache-2.0
/**
 * The ledger: the durable store, and the only truth.
 *
 * <table>
 * <caption>Who to call</caption>
 * <tr><td>open for writing, open beside a writer, migrate</td><td>{@link io.nephometer.store.Ledgers}</td></tr>
 * <tr><td>commit a batch; ask whether the store takes writes</td>
 *     <td>{@link io.nephometer.store.ledger.Ledger#commit}, {@code isAvailable}</td></tr>
 * <tr><td>events, samples, resources, meters, statistics</td><td>{@link io.nephometer.store.ledger.LedgerReader}</td></tr>
 * <tr><td>slots that came and those that should have; who is expected</td>
 *     <td>{@link io.nephometer.store.ledger.SlotView}, {@link io.nephometer.store.ledger.SlotDesk} to retire</td></tr>
 * <tr><td>what waits for a human</td><td>{@link io.nephometer.store.ledger.RecoveryView} to look,
 *     {@link io.nephometer.store.ledger.RecoveryDesk} to edit, retry, discard</td></tr>
 * <tr><td>follow the commits; progress of sources</td><td>{@link io.nephometer.store.ledger.LedgerLog},
 *     {@link io.nephometer.store.ledger.LedgerCursors} to remember how far</td></tr>
 * <tr><td>remove what is old</td><td>{@link io.nephometer.store.ledger.Ledger#retain}</td></tr>
 * <tr><td>bytes on disk</td><td>{@link io.nephometer.store.ledger.LedgerView#sizes}</td></tr>
 * <tr><td>die at a step of a commit, in a test</td><td>{@link io.nephometer.store.ledger.CommitProbe} in
 *     {@link io.nephometer.store.ledger.LedgerOptions}</td></tr>
 * <tr><td>add an engine</td><td>{@link io.nephometer.store.commit.Engine},
 *     {@link io.nephometer.store.commit.Transaction}, a folder of migrations, and the contract suites</td></tr>
 * </table>
 */
@NullMarked
package io.nephometer.store;

import org.jspecify.annotations.NullMarked;
