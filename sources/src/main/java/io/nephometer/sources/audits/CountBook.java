// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was counted of counters, and where counting goes on; on the primary, in one transaction with each other. Contents are plain JSON. */
public interface CountBook {
    /** Where counting of a task goes on, by subject. */
    Map<String, Carry> carries(String task) throws AuditException;

    /** Counts a period of subjects, each once: whose carry is not where it is said to be is left as it is. */
    void count(String task, Period period, Collection<Count> counts) throws AuditException;

    /** What was counted of a period and share, by subject. */
    List<Counted> counted(String task, Period period, int share) throws AuditException;

    /**
     * Where counting goes on.
     *
     * @param until end of the last period that was counted
     */
    record Carry(Instant until, Map<String, @Nullable Object> content) {}

    /** What was counted of a subject in a period. */
    record Counted(String subject, Map<String, @Nullable Object> content) {}

    /**
     * A subject to count.
     *
     * @param share that it is in
     * @param carried end of the period that it goes on from; null: it was never counted
     * @param counted of the period
     * @param carry where it goes on after that
     */
    record Count(
            String subject,
            int share,
            @Nullable Instant carried,
            Map<String, @Nullable Object> counted,
            Map<String, @Nullable Object> carry) {}
}
