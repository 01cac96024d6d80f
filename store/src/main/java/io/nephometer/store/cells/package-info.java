// SPDX-License-Identifier: Apache-2.0
/**
 * Cell databases of a real Nova, read and never written. What is read is named column by column ({@link
 * io.nephometer.store.cells.CellTable}); nothing else is asked for, so a user who may see no more than that will do. Reads go to the
 * cell's replicas by the means of the ledger's own.
 */
@NullMarked
package io.nephometer.store.cells;

import org.jspecify.annotations.NullMarked;
