// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.coordination.Members;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches what the plans of other members mean for this one: that they differ is said, and what none has any more is retired. For one thread. */
final class OtherPlans {
    private static final Logger LOG = LoggerFactory.getLogger(OtherPlans.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private final Supplier<Optional<Ledger>> ledger;
    private final Ticker ticker;
    private final StateLog plans;
    private final ForgottenUnits forgotten = new ForgottenUnits(BETWEEN.multipliedBy(2));
    private @Nullable Thread looking;
    private long last;

    OtherPlans(Supplier<Optional<Ledger>> ledger, Ticker ticker) {
        this.ledger = ledger;
        this.ticker = ticker;
        this.plans = new StateLog(LOG, "plans of central polling", REMINDER, ticker);
        this.last = ticker.nanos();
    }

    /** Degraded if they differ. */
    static Health health(Members members) {
        return PlanGroups.difference(members)
                .<Health>map(Health.Degraded::new)
                .orElseGet(() -> new Health.Up("all members have the same plan"));
    }

    /** To be called now and then; returns at once. */
    void look(Members members) {
        Optional<String> difference = PlanGroups.difference(members);
        difference.ifPresentOrElse(text -> plans.trouble(text, text), () -> plans.well("are the same"));
        Thread before = looking;
        boolean free = before == null || !before.isAlive();
        if (free && !members.live().isEmpty() && ticker.nanos() - last >= BETWEEN.toNanos()) {
            last = ticker.nanos();
            looking = Thread.ofVirtual().name("forgotten-units").start(() -> retire(members));
        }
    }

    private void retire(Members members) {
        try {
            ledger.get()
                    .ifPresent(open ->
                            forgotten.look(open.cluster().owners(), members, ticker.nanos(), open.slots()::retire));
        } catch (LedgerException e) {
            LOG.debug("Whether units are known no more is looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A defect in looking for units that nobody knows; it goes on", e);
        }
    }
}
