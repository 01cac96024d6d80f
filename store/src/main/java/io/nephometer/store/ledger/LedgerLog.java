// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Event;
import io.nephometer.model.Sample;
import java.util.List;
import java.util.function.Consumer;

/**
 * The ledger as a sequence of commits, to be followed without skipping any: positions become visible in their order, however
 * long each transaction ran. Retention may have taken rows of old entries away. Every method throws {@link LedgerException} if
 * the store fails. Thread-safe.
 */
public interface LedgerLog {
    /** The position of the latest commit; 0 if there is none. */
    long head();

    /** The entries after {@code position}, by position, at most {@code limit}. */
    List<LogEntry> after(long position, int limit);

    /** The events of a commit, in the order they were written. */
    void events(LogEntry entry, Consumer<? super Event> to);

    /** The samples of a commit, in the order they were written. */
    void samples(LogEntry entry, Consumer<? super Sample> to);

    /** How far each source of messages has come, by name. */
    List<ConsumerProgress> consumers();

    /** Up to where the reader of this name has come; 0 if it never said. */
    long cursor(String name);
}
