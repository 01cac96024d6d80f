// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;

/**
 * One commit in the ledger's log.
 *
 * @param position its place; whoever sees a position has been able to see all lower ones
 * @param batch the number by which its rows are found
 * @param committedAt by the clock of the process that committed, immediately before it did
 * @param events how many events it wrote
 * @param samples how many samples it wrote
 */
public record LogEntry(long position, long batch, Instant committedAt, int events, int samples) {}
