// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The audit of what is left of deleted instances; Nova's {@code _run_pending_deletes}. */
public record PendingDeleteConfig(
        @Doc("Whether it is done.") @Default("false") boolean enabled,

        @Doc("How often. Nova's instance_delete_interval.") @Default("5m") @Between(min = "1m", max = "50m")
        Duration interval,

        @Doc("After so many it is given up, and told. Nova's maximum_instance_delete_attempts.")
        @Default("5")
        @Between(min = "1", max = "1000")
        int maxAttempts,

        @Doc(
                "How long what is counted of an instance stays after it was counted last; at least as long as audits that count catch up.")
        @Default("7d")
        @Between(min = "1h", max = "800d")
        Duration keep,

        @Doc(
                "How long an instance may be deleted softly; those that are for longer are counted as not removed by Nova. Nova's"
                        + " reclaim_instance_interval, and as much as that is late. Not set: that is not looked at.")
        @Between(min = "1m", max = "800d")
        @Nullable Duration reclaim,

        @Doc(AuditReadConfig.READ) @Nullable ReadFrom read,

        @Doc(AuditReadConfig.MAX_STALENESS) @Between(min = "1s", max = "30d") @Nullable Duration maxStaleness,

        @Doc(AuditReadConfig.FALLBACK) @Nullable Fallback fallback) {
    /** One that reads as the other audits do. */
    public PendingDeleteConfig(
            boolean enabled, Duration interval, int maxAttempts, Duration keep, @Nullable Duration reclaim) {
        this(enabled, interval, maxAttempts, keep, reclaim, null, null, null);
    }

    /** Where it reads the ledger, as far as it has settings of its own. */
    public AuditReadConfig reads() {
        return new AuditReadConfig(read, maxStaleness, fallback);
    }
}
