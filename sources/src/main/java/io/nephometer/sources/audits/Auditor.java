// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;

/** Audits one thing, a period and a share at a time, each of them once. Used by one thread. */
public interface Auditor {
    /** What Nova calls it. */
    String task();

    /** The audit of a share in a period, as the book knows it. */
    AuditKey key(Period period, int share);

    /** Does it, unless it is done, or has to wait. */
    AuditResult run(Period period, int share);

    /** Whether a period of a share is audited only after the one before it is. */
    boolean inOrder();
}
