// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What was counted of counters, and where counting goes on; on the primary, in one transaction with each other. Contents are plain JSON. */
public interface CountBook {
    /** Where counting of a task goes on, by subject. */
    Map<String, UsageCarry> carries(String task) throws AuditException;

    /** Counts a period of subjects, each once: whose carry is not where it is said to be is left as it is. */
    void count(String task, Period period, Collection<UsageStep> steps) throws AuditException;

    /** What was counted of a period and share, by subject. */
    List<UsageCount> counted(String task, Period period, int share) throws AuditException;
}
