// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The audit of usage; Nova's {@code instance_usage_audit}. */
public record UsageAuditConfig(
        @Doc("Whether it is done.") @Default("true") boolean enabled,

        @Doc("How time is cut: hour, day, month or year, each perhaps with @ and the minute of the hour, the hour of"
                + " the day, the day of the month or the month of the year at which periods begin: month@15. As Nova's"
                + " instance_usage_audit_period; where both audit, the same as there.")
        @Default("month")
        String period,

        @Doc("How often it is looked whether a period is over.") @Default("1m") @Between(min = "1s", max = "1d")
        Duration spacing,

        @Doc(
                "How long ago periods that were missed may have ended to be audited. The one that ended last is audited in any"
                        + " case, and none is given up before it is overdue. Not set: 62d, or less where what it takes is not kept for"
                        + " so long.")
        @Example("62d")
        @Between(min = "1h", max = "800d")
        @Nullable Duration catchUp,

        @Doc(AuditReadConfig.READ) @Nullable ReadFrom read,

        @Doc(AuditReadConfig.MAX_STALENESS) @Between(min = "1s", max = "30d") @Nullable Duration maxStaleness,

        @Doc(AuditReadConfig.FALLBACK) @Nullable Fallback fallback) {
    private static final Duration USUAL_CATCH_UP = Duration.ofDays(62);

    public UsageAuditConfig {
        try {
            AuditPeriod _ = AuditPeriod.parse(period);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("period", String.valueOf(e.getMessage()));
        }
    }

    /** {@link #catchUp}, and what it is if it is not set and everything is kept. */
    Duration catchUpOrUsual() {
        return catchUp == null ? USUAL_CATCH_UP : catchUp;
    }

    /** The same with another {@link #catchUp}. */
    UsageAuditConfig withCatchUp(Duration other) {
        return new UsageAuditConfig(enabled, period, spacing, other, read, maxStaleness, fallback);
    }

    /** One that reads as the other audits do. */
    public UsageAuditConfig(boolean enabled, String period, Duration spacing, Duration catchUp) {
        this(enabled, period, spacing, catchUp, null, null, null);
    }

    /** Where it reads the ledger, as far as it has settings of its own. */
    public AuditReadConfig reads() {
        return new AuditReadConfig(read, maxStaleness, fallback);
    }
}
