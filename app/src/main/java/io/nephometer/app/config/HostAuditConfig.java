// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The audit of hosts; Nova's {@code update_available_resource}. */
public record HostAuditConfig(
        @Doc(
                "Whether it is done. Where Nova's own compute.metrics.update is collected, leave it off, or its figures of processors are there"
                        + " twice.")
        @Default("false")
        boolean enabled,

        @Doc(
                "How often; as often as compute agents measure, as nothing is newer in between. Nova's update_resources_interval.")
        @Default("5m")
        @Between(min = "1m", max = "50m")
        Duration interval,

        @Doc("How far back what was missed is told; a process that was away for longer leaves a hole.")
        @Default("1h")
        @Between(min = "10m", max = "1d")
        Duration catchUp,

        @Doc(AuditReadConfig.READ) @Nullable ReadFrom read,

        @Doc(AuditReadConfig.MAX_STALENESS) @Between(min = "1s", max = "30d") @Nullable Duration maxStaleness,

        @Doc(AuditReadConfig.FALLBACK) @Nullable Fallback fallback) {
    /** One that reads as the other audits do. */
    public HostAuditConfig(boolean enabled, Duration interval, Duration catchUp) {
        this(enabled, interval, catchUp, null, null, null);
    }

    /** Where it reads the ledger, as far as it has settings of its own. */
    public AuditReadConfig reads() {
        return new AuditReadConfig(read, maxStaleness, fallback);
    }
}
