// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.store.replica.Fallback;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditsConfigTest {
    static AuditsConfig audits(@Nullable String name) {
        return new AuditsConfig(
                name,
                Duration.ofSeconds(10),
                Duration.ofDays(35),
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                ReadFrom.REPLICA,
                null,
                null,
                new UsageAuditConfig(true, "month", Duration.ofMinutes(1), Duration.ofDays(62)),
                new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofDays(2)));
    }

    @Test
    void audits() {
        ConfigRecordAssert<AuditsConfig> record = ConfigRecordAssert.of(AuditsConfig.class);
        record.hasDefaults(audits(null));
        record.bindsEveryKey(
                """
                name: one
                lease: 5s
                inventory_look_back: 1d
                settle: 2m
                overdue: 1h
                read: primary
                max_staleness: 5m
                fallback: skip
                usage: {period: hour}
                bandwidth: {enabled: true}
                volumes: {period: day}
                """,
                new AuditsConfig(
                        "one",
                        Duration.ofSeconds(5),
                        Duration.ofDays(1),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        ReadFrom.PRIMARY,
                        Duration.ofMinutes(5),
                        Fallback.SKIP,
                        new UsageAuditConfig(true, "hour", Duration.ofMinutes(1), Duration.ofDays(62)),
                        new CountingAuditConfig(true, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                        new CountingAuditConfig(false, "day", Duration.ofMinutes(20), Duration.ofDays(2))));
    }

    @Test
    void countingAudit() {
        ConfigRecordAssert<CountingAuditConfig> record = ConfigRecordAssert.of(CountingAuditConfig.class);
        record.hasDefaults(audits(null).bandwidth());
        record.bindsEveryKey(
                "{enabled: true, period: day@6, patience: 1h, catch_up: 7d}",
                new CountingAuditConfig(true, "day@6", Duration.ofHours(1), Duration.ofDays(7)));
    }

    @Test
    void usageAudit() {
        ConfigRecordAssert<UsageAuditConfig> record = ConfigRecordAssert.of(UsageAuditConfig.class);
        record.hasDefaults(audits(null).usage());
        record.bindsEveryKey(
                "{enabled: false, period: day@6, spacing: 5m, catch_up: 7d}",
                new UsageAuditConfig(false, "day@6", Duration.ofMinutes(5), Duration.ofDays(7)));
    }
}
