// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/**
 * What a table takes.
 *
 * @param rows counted
 * @param bytes on disk, with indexes
 */
public record TableSize(String table, long rows, long bytes) {}
