// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.store.replica.Fallback;
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

        @Doc(
                "How long ago periods that were missed may have ended to be audited. The one that ended last is audited in any"
                        + " case, and none is given up before it is overdue.")
        @Default("2d")
        @Between(min = "1h", max = "800d")
        Duration catchUp,

        @Doc(AuditReadConfig.READ) @Nullable ReadFrom read,

        @Doc(AuditReadConfig.MAX_STALENESS) @Between(min = "1s", max = "30d") @Nullable Duration maxStaleness,

        @Doc(AuditReadConfig.FALLBACK) @Nullable Fallback fallback) {
    public CountingAuditConfig {
        try {
            AuditPeriod _ = AuditPeriod.parse(period);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("period", String.valueOf(e.getMessage()));
        }
    }

    /** One that reads as the other audits do. */
    public CountingAuditConfig(boolean enabled, String period, Duration patience, Duration catchUp) {
        this(enabled, period, patience, catchUp, null, null, null);
    }

    /** Where it reads the ledger, as far as it has settings of its own. */
    public AuditReadConfig reads() {
        return new AuditReadConfig(read, maxStaleness, fallback);
    }
}
