// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RetentionPolicy;
import io.nephometer.store.ledger.RetentionReport;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is too old from the ledger, and counts it. One thread runs it. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final String REMOVED = "nephometer.retention.removed";

    private final RetentionPolicy policy;
    private final Supplier<Optional<Ledger>> ledger;
    private final Counter events;
    private final Counter samples;
    private final Counter open;
    private final Counter settled;
    private final Counter intake;
    private final Counter log;
    private final Counter slots;
    private final Counter bounded;

    /** @param ledger the open ledger; empty while it cannot be reached */
    public Retention(RetentionPolicy policy, Supplier<Optional<Ledger>> ledger, MeterRegistry registry) {
        this.policy = policy;
        this.ledger = ledger;
        events = registry.counter(REMOVED, "rows", "events");
        samples = registry.counter(REMOVED, "rows", "samples");
        open = registry.counter(REMOVED, "rows", "recovery_open");
        settled = registry.counter(REMOVED, "rows", "recovery_settled");
        intake = registry.counter(REMOVED, "rows", "intake");
        log = registry.counter(REMOVED, "rows", "log");
        slots = registry.counter(REMOVED, "rows", "slots");
        bounded = registry.counter("nephometer.retention.bounded");
    }

    /** Whether anything is ever removed. */
    public boolean isLimited() {
        return !policy.equals(RetentionPolicy.FOREVER);
    }

    /**
     * Removes at most so many rows; does nothing while the ledger cannot be reached.
     *
     * @throws LedgerException if the store fails; what was removed until then stays removed
     */
    public void run(int maxRows) {
        ledger.get().ifPresent(present -> count(present.retain(policy, maxRows)));
    }

    private void count(RetentionReport report) {
        events.increment(report.events());
        samples.increment(report.samples());
        open.increment(report.recoveryOpen());
        settled.increment(report.recoverySettled());
        intake.increment(report.intake());
        log.increment(report.log());
        slots.increment(report.slots());
        if (!report.complete()) {
            bounded.increment();
        }
        if (report.recoveryOpen() > 0) {
            LOG.warn(
                    "Removed {} entries of recovery that nobody had settled, as store.retention.recovery says",
                    report.recoveryOpen());
        }
        LOG.debug("Removed what is too old: {}", report);
    }
}
