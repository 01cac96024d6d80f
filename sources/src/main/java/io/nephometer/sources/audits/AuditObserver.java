// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

/** Told how audits go, for metrics. Returns at once. */
@FunctionalInterface
public interface AuditObserver {
    /** One that does nothing. */
    AuditObserver NONE = (_, _) -> {};

    /** An audit of one period and share ended thus. */
    void ended(String task, AuditResult result);
}
