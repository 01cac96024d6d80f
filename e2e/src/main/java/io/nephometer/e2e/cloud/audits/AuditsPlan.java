// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.sources.audits.AuditPeriod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param product the command that is {@code nephometer}
 * @param folder where everything is written
 * @param store the address of the ledger, with its password
 * @param openstack the section of the configuration that says which cloud
 * @param amqp the cloud's broker, with its password
 * @param exchange where Nova tells
 * @param queue one that was there before and has kept what Nova told; null: one of our own
 * @param period as Nova's {@code instance_usage_audit_period}
 * @param patience how long after the end of the period both may take
 * @param traffic a command to run meanwhile; empty: none
 */
record AuditsPlan(
        List<String> product,
        Path folder,
        String store,
        String openstack,
        String amqp,
        String exchange,
        @Nullable String queue,
        String period,
        Duration patience,
        List<String> traffic) {
    AuditsPlan {
        product = List.copyOf(product);
        traffic = List.copyOf(traffic);
        AuditPeriod _ = AuditPeriod.parse(period);
    }
}
