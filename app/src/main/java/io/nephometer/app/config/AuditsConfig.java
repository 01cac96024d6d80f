// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import io.nephometer.runtime.config.Example;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.sources.audits.CleanupOptions;
import io.nephometer.sources.audits.CountingOptions;
import io.nephometer.sources.audits.HostOptions;
import io.nephometer.sources.audits.Ticks;
import io.nephometer.store.replica.Fallback;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Audits of the cloud, by any number of processes, and the inventory that they stand on. */
public record AuditsConfig(
        @Doc("What this process is called among the others that audit; must be unlike theirs, and stay over restarts."
                + " Not set: the name of this machine.")
        @Example("audit-1")
        @Nullable String name,

        @Doc(
                "How long a process that is not heard of counts as live. Its share of the hosts is taken over after that time.")
        @Default("10s")
        @Between(min = "1s", max = "5m")
        Duration lease,

        @Doc(
                "How far back Nova is asked for changes when there is no inventory yet. Periods that began earlier are never audited.")
        @Default("35d")
        @Between(min = "0s", max = "400d")
        Duration inventoryLookBack,

        @Doc(
                "How often the role central reads hosts, flavors and volumes whole for the inventory; 0s: never. Notifications tell of"
                        + " changes of flavors and volumes in between.")
        @Default("10m")
        @Between(min = "0s", max = "1d")
        Duration assetsInterval,

        @Doc("What the audit of usage stands on: the inventory that the ledger keeps in versions, or Nova's databases"
                + " (nova_cells) as they are when they are read.")
        @Default("own")
        AuditInventory inventory,

        @Doc("How long after a period everything that happened in it must be known before it is audited; longer than"
                + " the longest transaction of Nova's database.")
        @Default("1m")
        @Between(min = "1m", max = "1h")
        Duration settle,

        @Doc("How long after that a period may be unaudited before health says so.")
        @Default("30m")
        @Between(min = "1m", max = "30d")
        Duration overdue,

        @Doc(
                "Which server answers what audits read, if there is a store.slave_connection. What they write goes to the primary.")
        @Default("replica")
        ReadFrom read,

        @Doc(
                "A replica answers audits only if its answer lacks nothing older than this. That bounds how late an audit is, not whether"
                        + " it is right: no period is audited before the server that answers knows all of it. Not set:"
                        + " store.max_staleness.")
        @Between(min = "1s", max = "30d")
        @Nullable Duration maxStaleness,

        @Doc(
                "What audits do if no replica can answer: ask the primary, put it off, or take an older answer, which is told with the"
                        + " audit. Not set: store.fallback.")
        @Nullable Fallback fallback,

        @Doc("Which instances existed in each period: compute.instance.exists.")
        UsageAuditConfig usage,

        @Doc(
                "The traffic of each interface in each period: bandwidth.usage. Nova's _poll_bandwidth_usage. Needs the meters"
                        + " network.incoming.bytes and network.outgoing.bytes of compute agents.")
        CountingAuditConfig bandwidth,

        @Doc(
                "What instances read and wrote of each volume in each period: volume.usage. Nova's _poll_volume_usage. Needs the"
                        + " meters disk.device.read.* and disk.device.write.* of compute agents.")
        CountingAuditConfig volumes,

        @Doc(
                "What hypervisors have and how much of it is used: compute.metrics.update. Nova's update_available_resource. Needs the"
                        + " meters host.* and cpu of compute agents for what hypervisors show.")
        HostAuditConfig hosts,

        @Doc("What is left of deleted instances: what is ours is removed, what is Nova's is counted and told. Nova's"
                + " _run_pending_deletes.")
        PendingDeleteConfig pendingDeletes) {
    /** How far back measurements are looked for that came too late for the period before. */
    private static final Duration LATE = Duration.ofHours(1);

    /** How long the audit of hosts waits for an agent that is late. */
    private static final Duration LATE_HOST = Duration.ofMinutes(10);

    public AuditsConfig {
        if (name != null && name.isBlank()) {
            throw new InvalidSetting("name", "expected a name, or none for that of this machine");
        }
    }

    /** The same with another audit of usage. */
    AuditsConfig withUsage(UsageAuditConfig other) {
        return new AuditsConfig(
                name,
                lease,
                inventoryLookBack,
                assetsInterval,
                inventory,
                settle,
                overdue,
                read,
                maxStaleness,
                fallback,
                other,
                bandwidth,
                volumes,
                hosts,
                pendingDeletes);
    }

    /** Where an audit reads the ledger that says {@code own} of itself. */
    public AuditReadConfig reads(AuditReadConfig own) {
        return own.or(new AuditReadConfig(read, maxStaleness, fallback));
    }

    /** Whether any of the audits that are switched on reads a replica, where there is one. */
    public boolean readsReplicas() {
        return sections().stream()
                .anyMatch(one -> one.enabled() && reads(one.reads()).read() == ReadFrom.REPLICA);
    }

    /** All audits. */
    List<Section> sections() {
        return List.of(
                new Section("usage", usage.enabled(), usage.reads()),
                new Section("bandwidth", bandwidth.enabled(), bandwidth.reads()),
                new Section("volumes", volumes.enabled(), volumes.reads()),
                new Section("hosts", hosts.enabled(), hosts.reads()),
                new Section("pending_deletes", pendingDeletes.enabled(), pendingDeletes.reads()));
    }

    /** What the section of an audit says that all have. */
    record Section(String key, boolean enabled, AuditReadConfig reads) {}

    /** What rounds of an audit that counts are told: no period is given up before it is overdue. */
    public AuditOptions roundsOf(CountingAuditConfig counting) {
        Duration late = overdue.plus(counting.patience());
        Duration catchUp = longer(counting.catchUp(), settle.plus(late));
        return new AuditOptions(AuditPeriod.parse(counting.period()), settle, catchUp, late);
    }

    /** What an audit that counts is told. */
    public CountingOptions countingOptions(CountingAuditConfig counting) {
        return new CountingOptions(settle, counting.patience(), LATE);
    }

    /** What the audit of usage is told: no period is given up before it is overdue, or while its bandwidth is waited for. */
    public AuditOptions usageOptions() {
        Duration least = bandwidthPatience().orElse(settle).plus(overdue);
        return new AuditOptions(
                AuditPeriod.parse(usage.period()), settle, longer(usage.catchUpOrUsual(), least), overdue);
    }

    /** What rounds of the audit of hosts are told. */
    public AuditOptions hostOptions() {
        return new AuditOptions(new Ticks(hosts.interval()), settle, hostCatchUp(), overdue);
    }

    /** What the audit of hosts is told: measurements are waited for no longer than until the period could not be made up any more. */
    public HostOptions hostAudit() {
        Duration most = hostCatchUp().minus(settle).minus(hosts.interval().multipliedBy(2));
        return new HostOptions(settle, longer(Duration.ZERO, shorter(most, LATE_HOST)), !assetsInterval.isZero());
    }

    /** Nova's list of hypervisors is read now and then, and a period waits for the reading behind it. */
    private Duration hostCatchUp() {
        Duration least = assetsInterval.plus(hosts.interval()).multipliedBy(2).plus(settle);
        return longer(hosts.catchUp(), least);
    }

    /** What rounds of the audit of pending deletes are told: only the latest tick says anything of now. */
    public AuditOptions pendingDeleteRounds() {
        return new AuditOptions(new Ticks(pendingDeletes.interval()), Duration.ZERO, Duration.ZERO, overdue);
    }

    /** What the audit of pending deletes is told: nothing goes that may be counted, or caught up, yet. */
    public CleanupOptions pendingDeleteOptions() {
        Duration keep = pendingDeletes.keep();
        Duration longest = Duration.ZERO;
        for (CountingAuditConfig one : List.of(bandwidth, volumes)) {
            AuditOptions rounds = roundsOf(one);
            keep = longer(keep, rounds.back().plus(one.patience()).plus(LATE.multipliedBy(2)));
            longest = longer(longest, rounds.periods().longest());
        }
        return new CleanupOptions(
                pendingDeletes.maxAttempts(), keep, longest.multipliedBy(2), pendingDeletes.reclaim());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * How long after a period the audit of usage waits for its bandwidth; empty if the two are not of the same periods, or bandwidth is not
     * counted.
     */
    public Optional<Duration> bandwidthPatience() {
        boolean same = AuditPeriod.parse(bandwidth.period()).equals(AuditPeriod.parse(usage.period()));
        return bandwidth.enabled() && same
                ? Optional.of(settle.plus(bandwidth.patience()).plus(overdue))
                : Optional.empty();
    }
}
