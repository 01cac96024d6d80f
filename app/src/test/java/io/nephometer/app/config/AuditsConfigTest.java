// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.store.replica.Fallback;
import io.nephometer.testkit.config.ConfigRecordAssert;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditsConfigTest {
    static AuditsConfig audits(@Nullable String name) {
        return new AuditsConfig(
                name,
                Duration.ofSeconds(10),
                Duration.ofDays(35),
                Duration.ofMinutes(10),
                AuditInventory.OWN,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                ReadFrom.REPLICA,
                null,
                null,
                new UsageAuditConfig(true, "month", Duration.ofMinutes(1), null, null, null, null),
                new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                new CountingAuditConfig(false, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                new HostAuditConfig(false, Duration.ofMinutes(5), Duration.ofHours(1)),
                new PendingDeleteConfig(false, Duration.ofMinutes(5), 5, Duration.ofDays(7), null));
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
                inventory: cells
                settle: 2m
                overdue: 1h
                read: primary
                max_staleness: 5m
                fallback: skip
                usage: {period: hour}
                bandwidth: {enabled: true}
                volumes: {period: day}
                hosts: {interval: 1m}
                pending_deletes: {reclaim: 1d}
                assets_interval: 1h
                """,
                new AuditsConfig(
                        "one",
                        Duration.ofSeconds(5),
                        Duration.ofDays(1),
                        Duration.ofHours(1),
                        AuditInventory.CELLS,
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        ReadFrom.PRIMARY,
                        Duration.ofMinutes(5),
                        Fallback.SKIP,
                        new UsageAuditConfig(true, "hour", Duration.ofMinutes(1), null, null, null, null),
                        new CountingAuditConfig(true, "hour", Duration.ofMinutes(20), Duration.ofDays(2)),
                        new CountingAuditConfig(false, "day", Duration.ofMinutes(20), Duration.ofDays(2)),
                        new HostAuditConfig(false, Duration.ofMinutes(1), Duration.ofHours(1)),
                        new PendingDeleteConfig(
                                false, Duration.ofMinutes(5), 5, Duration.ofDays(7), Duration.ofDays(1))));
    }

    @Test
    void countingAudit() {
        ConfigRecordAssert<CountingAuditConfig> record = ConfigRecordAssert.of(CountingAuditConfig.class);
        record.hasDefaults(audits(null).bandwidth());
        record.bindsEveryKey(
                "{enabled: true, period: day@6, patience: 1h, catch_up: 7d, read: primary, max_staleness: 3s, fallback: skip}",
                new CountingAuditConfig(
                        true,
                        "day@6",
                        Duration.ofHours(1),
                        Duration.ofDays(7),
                        ReadFrom.PRIMARY,
                        Duration.ofSeconds(3),
                        Fallback.SKIP));
    }

    @Test
    void usageAudit() {
        ConfigRecordAssert<UsageAuditConfig> record = ConfigRecordAssert.of(UsageAuditConfig.class);
        record.hasDefaults(audits(null).usage());
        record.bindsEveryKey(
                "{enabled: false, period: day@6, spacing: 5m, catch_up: 7d, read: replica, max_staleness: 3s, fallback: stale}",
                new UsageAuditConfig(
                        false,
                        "day@6",
                        Duration.ofMinutes(5),
                        Duration.ofDays(7),
                        ReadFrom.REPLICA,
                        Duration.ofSeconds(3),
                        Fallback.STALE));
    }

    @Test
    void hostAudit() {
        ConfigRecordAssert<HostAuditConfig> record = ConfigRecordAssert.of(HostAuditConfig.class);
        record.hasDefaults(audits(null).hosts());
        record.bindsEveryKey(
                "{enabled: true, interval: 10m, catch_up: 2h, read: primary, max_staleness: 3s, fallback: primary}",
                new HostAuditConfig(
                        true,
                        Duration.ofMinutes(10),
                        Duration.ofHours(2),
                        ReadFrom.PRIMARY,
                        Duration.ofSeconds(3),
                        Fallback.PRIMARY));
    }

    @Test
    void pendingDeletes() {
        ConfigRecordAssert<PendingDeleteConfig> record = ConfigRecordAssert.of(PendingDeleteConfig.class);
        record.hasDefaults(audits(null).pendingDeletes());
        record.bindsEveryKey(
                "{enabled: true, interval: 10m, max_attempts: 3, keep: 30d, reclaim: 2d, read: primary, max_staleness: 3s,"
                        + " fallback: skip}",
                new PendingDeleteConfig(
                        true,
                        Duration.ofMinutes(10),
                        3,
                        Duration.ofDays(30),
                        Duration.ofDays(2),
                        ReadFrom.PRIMARY,
                        Duration.ofSeconds(3),
                        Fallback.SKIP));
    }

    /** Where counting may go back to an instance, or go on with it, nothing of it is removed, whatever the setting says. */
    @Test
    void whatIsCountedStaysAsLongAsCountingGoesBack() {
        AuditsConfig defaults = audits(null);
        assertThat(defaults.pendingDeleteOptions().keep()).isEqualTo(Duration.ofDays(7));
        assertThat(defaults.pendingDeleteOptions().counted()).isEqualTo(Duration.ofHours(2));
        AuditsConfig months = new AuditsConfig(
                null,
                defaults.lease(),
                defaults.inventoryLookBack(),
                defaults.assetsInterval(),
                AuditInventory.OWN,
                defaults.settle(),
                defaults.overdue(),
                defaults.read(),
                null,
                null,
                defaults.usage(),
                new CountingAuditConfig(true, "month", Duration.ofMinutes(20), Duration.ofDays(62)),
                defaults.volumes(),
                defaults.hosts(),
                defaults.pendingDeletes());
        assertThat(months.pendingDeleteOptions().keep())
                .isEqualTo(Duration.ofDays(62).plusMinutes(20).plusHours(2));
        assertThat(months.pendingDeleteOptions().counted()).isEqualTo(Duration.ofDays(62));
        // usage is told by the month as well, and waits for what was counted
        assertThat(months.bandwidthPatience()).contains(Duration.ofMinutes(51));
        assertThat(defaults.bandwidthPatience()).isEmpty();
    }

    @Test
    void whatAnAuditDoesNotSayOfItsReadsIsAsForAll() throws Exception {
        AuditsConfig audits = read("{read: primary, fallback: skip, bandwidth: {enabled: true, read: replica}}");
        assertThat(audits.reads(audits.usage().reads()))
                .isEqualTo(new AuditReadConfig(ReadFrom.PRIMARY, null, Fallback.SKIP));
        assertThat(audits.reads(audits.bandwidth().reads()))
                .isEqualTo(new AuditReadConfig(ReadFrom.REPLICA, null, Fallback.SKIP));
        assertThat(audits.readsReplicas()).isTrue();
        assertThat(read("{read: primary, bandwidth: {read: replica}}").readsReplicas())
                .as("it is switched off")
                .isFalse();
        assertThat(read("{usage: {read: primary}}").readsReplicas()).isFalse();
        assertThat(read("{}").readsReplicas()).isTrue();
        AuditReadConfig others = new AuditReadConfig(ReadFrom.PRIMARY, Duration.ofHours(1), Fallback.STALE);
        assertThat(AuditReadConfig.AS_OTHERS.or(others)).isEqualTo(others);
        assertThat(others.or(AuditReadConfig.AS_OTHERS)).isEqualTo(others);
    }

    private static AuditsConfig read(String yaml) throws ConfigException {
        return new ConfigReader("N", Map.of())
                .read(yaml, "f", AuditsConfig.class)
                .value();
    }

    /** Nothing is given up before it is overdue. */
    @Test
    void whatIsWaitedForIsCaughtUp_howeverLittleElseIs() throws Exception {
        AuditsConfig patient = read("""
                overdue: 3h
                usage: {period: hour, catch_up: 1h}
                bandwidth: {enabled: true, patience: 2h, catch_up: 1h}
                """);
        assertThat(patient.roundsOf(patient.bandwidth()).catchUp())
                .isEqualTo(Duration.ofHours(5).plusMinutes(1));
        assertThat(patient.bandwidthPatience()).contains(Duration.ofHours(5).plusMinutes(1));
        assertThat(patient.usageOptions().catchUp())
                .isEqualTo(Duration.ofHours(8).plusMinutes(1));
        AuditsConfig defaults = audits(null);
        assertThat(defaults.usageOptions().catchUp()).isEqualTo(Duration.ofDays(62));
        assertThat(defaults.usageOptions().reach()).isEqualTo(Duration.ofDays(93));
        assertThat(defaults.roundsOf(defaults.volumes()).reach()).isEqualTo(Duration.ofHours(49));
    }
}
