// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditPeriod;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
/** An audit that counts what agents measured. */
public record CountingAuditConfig(
        @Doc("Whether it is done.") @Default("false") boolean enabled,

        @Doc("How time is cut, as audits.usage.period says it.") @Default("hour")
        String period,

        @Doc(
                "How long after a period measurements of agents that have not delivered are waited for; what comes later is counted"
                        + " with the next period.")
        @Default("20m")
        @Between(min = "0s", max = "30d")
        Duration patience,

        @Doc("How far back periods that were missed are audited.") @Default("2d") @Between(min = "1h", max = "800d")
        Duration catchUp) {
    public CountingAuditConfig {
        try {
            AuditPeriod _ = AuditPeriod.parse(period);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("period", String.valueOf(e.getMessage()));
        }
    }
}
