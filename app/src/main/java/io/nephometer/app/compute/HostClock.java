// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the clock of this host agrees with Nova's. Slots, and the times of samples, are by the clock of the host. */
final class HostClock {
    private static final Logger LOG = LoggerFactory.getLogger(HostClock.class);
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final Duration REMINDER = Duration.ofHours(1);

    private final StateLog log;

    HostClock(Ticker ticker) {
        this.log = new StateLog(LOG, "The clock of this host", REMINDER, ticker);
    }

    /** Logs when the clocks come apart and when they agree again. */
    void look(CacheReport report) {
        String trouble = trouble(report);
        if (trouble != null) {
            log.trouble("clocks_apart", trouble);
        } else if (report.clockAhead() != null) {
            log.well("it agrees with Nova's");
        }
    }

    /** What is wrong; null if nothing is, or nobody knows. A refresh that took long says so much less. */
    static @Nullable String trouble(CacheReport report) {
        Duration ahead = report.clockAhead();
        Refresh last = report.lastDone();
        Duration most = last == null ? MOST : MOST.plus(last.took());
        if (ahead == null || ahead.abs().compareTo(most) <= 0) {
            return null;
        }
        return "this host's clock is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                + " Nova's, and slots are measured by it: does it follow a time server?";
    }
}
