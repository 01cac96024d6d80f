// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What audits counted of counters that only grow, on the primary. Of each subject there is a carry: what its counters showed when they were
 * counted last. A period is counted of a subject once, in the same transaction in which its carry moves on, so nothing is counted twice and
 * nothing between two periods is lost, whoever dies when. Contents are plain JSON values. Every method throws {@link LedgerException} if the
 * store fails. Thread-safe.
 */
public interface CountDesk {
    /** The carries of a task, by subject. */
    void carries(String task, Consumer<? super Carry> to);

    /**
     * Counts a period, in one transaction. A subject whose carry is not where it is said to be was counted by somebody else: it is left as
     * it is.
     *
     * @return how many subjects were counted
     */
    int count(String task, Period period, Collection<Count> counts);

    /** What was counted of a period and share, by subject. */
    void counted(String task, Period period, int share, Consumer<? super Counted> to);

    /** Drops the carries of subjects that are no more. What was counted stays. */
    int forget(String task, Collection<String> subjects);

    /**
     * Where counting goes on.
     *
     * @param until end of the last period that was counted
     */
    record Carry(String subject, Instant until, Map<String, @Nullable Object> content) {}

    /** What was counted of a subject in a period. */
    record Counted(String subject, Map<String, @Nullable Object> content) {}

    /**
     * A subject to count.
     *
     * @param share that it is in
     * @param carried {@link Carry#until} of the carry that it was counted from; null if there was none
     * @param counted of the period
     * @param carry where counting goes on after it
     */
    record Count(
            String subject,
            int share,
            @Nullable Instant carried,
            Map<String, @Nullable Object> counted,
            Map<String, @Nullable Object> carry) {}
}
