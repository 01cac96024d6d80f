// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditPeriod;
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

        @Doc("How far back periods that were missed are audited.") @Default("62d") @Between(min = "1h", max = "800d")
        Duration catchUp) {
    public UsageAuditConfig {
        try {
            AuditPeriod _ = AuditPeriod.parse(period);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("period", String.valueOf(e.getMessage()));
        }
    }
}
