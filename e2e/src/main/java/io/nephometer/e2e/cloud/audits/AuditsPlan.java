// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.e2e.cloud.process.Setup;
import io.nephometer.sources.audits.AuditPeriod;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param setup with what the product is run
 * @param amqp the cloud's broker, with its password
 * @param exchange where Nova tells
 * @param queue one that was there before and has kept what Nova told; null: one of our own
 * @param period as Nova's {@code instance_usage_audit_period}
 * @param cells settings of {@code nova_cells}, which our audit then stands on; null: on the ledger's inventory
 * @param patience how long after the end of the period both may take
 * @param traffic a command to run meanwhile; empty: none
 */
record AuditsPlan(
        Setup setup,
        String amqp,
        String exchange,
        @Nullable String queue,
        String period,
        @Nullable String cells,
        Duration patience,
        List<String> traffic) {
    AuditsPlan {
        traffic = List.copyOf(traffic);
        AuditPeriod _ = AuditPeriod.parse(period);
    }
}
