// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * What audits counted of counters that only grow, on the primary. Of each subject there is a carry: what its counters showed when they were
 * counted last. A period is counted of a subject once, in the same transaction in which its carry moves on, so nothing is counted twice and
 * nothing between two periods is lost, whoever dies when. Contents are plain JSON values. Every method throws {@link LedgerException} if the
 * store fails. Thread-safe.
 */
public interface CountDesk {
    /** The carries of a task, by subject. */
    void carries(String task, Consumer<? super UsageCarry> to);

    /**
     * Counts a period, in one transaction. A subject whose carry is not where it is said to be was counted by somebody else: it is left as
     * it is.
     *
     * @return how many subjects were counted
     */
    int count(String task, Period period, Collection<UsageStep> steps);

    /** What was counted of a period and share, by subject. */
    void counted(String task, Period period, int share, Consumer<? super UsageCount> to);

    /** Drops the carries of subjects that are no more. What was counted stays. */
    int forget(String task, Collection<String> subjects);
}
