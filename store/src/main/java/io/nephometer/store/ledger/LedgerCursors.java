// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** The log for those who follow it and remember how far they have come. Entries that a cursor still waits for are kept. */
public interface LedgerCursors extends LedgerLog {
    /** Remembers that the reader of this name has done everything up to {@code position}. It never goes back. */
    void moveCursor(String name, long position);

    /** Forgets a reader, so that the log is no longer kept for it. */
    void dropCursor(String name);
}
