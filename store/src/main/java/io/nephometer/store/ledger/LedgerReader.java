// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Event;
import io.nephometer.model.Sample;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Questions to the ledger. Answers are handed over one by one as they are read, never gathered in memory; all of one answer
 * show the ledger at one moment. Thread-safe; each running question holds one of the ledger's reading connections.
 *
 * <p>Every method throws {@link LedgerException} if the store fails.
 */
public interface LedgerReader {
    /** Events by the time they were generated; those of one time in the order they were written. */
    void events(LedgerQuery query, Consumer<? super Event> to);

    /** Samples by the time they were measured; those of one time in the order they were written. */
    void samples(LedgerQuery query, Consumer<? super Sample> to);

    /** Resources that have samples in the range of the query, in the order they were first seen. */
    void resources(LedgerQuery query, Consumer<? super MeteredResource> to);

    /** Meters that have samples in the range of the query, by name, type and unit. */
    void meters(LedgerQuery query, Consumer<? super MeterSummary> to);

    /** Figures for each meter, and within it for each value of what is grouped by. */
    void statistics(LedgerQuery query, Set<Grouping> groupBy, Consumer<? super MeterStatistics> to);

    /** What samples of one meter can be told apart by. */
    enum Grouping {
        RESOURCE,
        PROJECT,
        USER
    }
}
