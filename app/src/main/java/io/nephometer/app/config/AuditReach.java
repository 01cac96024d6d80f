// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.config;

import io.nephometer.runtime.config.DurationText;
import io.nephometer.runtime.config.InvalidSetting;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditPeriod;
import io.nephometer.sources.audits.CleanupOptions;
import io.nephometer.sources.audits.HostAuditor;
import io.nephometer.sources.audits.PendingDeleteAuditor;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far back audits read, held against how long that is kept. What is gone when it is read would be taken for what never was.
 *
 * @param cells null: none are read
 */
record AuditReach(
        AuditsConfig audits,
        RetentionConfig retention,
        @Nullable NovaCellsConfig cells) {
    private static final String AUDITED = "store.retention.audited";
    private static final String SAMPLES = "store.retention.samples";
    /** What is due when a round of audits begins is still kept when it ends. */
    private static final Duration ROUND = Duration.ofHours(1);

    private static final String PERIODS = "one period and catch_up, or two periods if that is more";

    /** The same audits, that of usage as far back as what it takes is kept, if it is not said how far. */
    AuditsConfig fitted() {
        UsageAuditConfig usage = audits.usage();
        if (!usage.enabled() || usage.catchUp() != null) {
            return audits;
        }
        Duration period = AuditPeriod.parse(usage.period()).longest().plus(ROUND);
        boolean tellsBandwidth = audits.bandwidthPatience().isPresent();
        Duration most = shorter(usage.catchUpOrUsual(), less(retention.longest(), tellsBandwidth ? period : ROUND));
        most = shorter(most, less(kept().audited(), period));
        most = shorter(most, less(instancesKept(), period));
        return audits.withUsage(usage.withCatchUp(most.isNegative() ? Duration.ZERO : most));
    }

    private @Nullable Duration instancesKept() {
        return audits.inventory() == AuditInventory.CELLS && cells != null ? cells.deletedKept() : kept().inventory();
    }

    private static @Nullable Duration less(@Nullable Duration kept, Duration by) {
        return kept == null ? null : kept.minus(by);
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Looks at those that are switched on.
     *
     * @throws InvalidSetting if one of them reads what may be gone, naming what should be kept for longer
     */
    void check() {
        if (audits.usage().enabled()) {
            usage(audits.usageOptions());
        }
        counting("audits.bandwidth", audits.bandwidth());
        counting("audits.volumes", audits.volumes());
        if (audits.hosts().enabled()) {
            Duration reach = audits.hostOptions().reach().plus(HostAuditor.EARLIER);
            require(SAMPLES, retention.samples(), reach, "audits.hosts", "catch_up and what was measured before");
        }
        if (audits.pendingDeletes().enabled()) {
            pendingDeletes(audits.pendingDeleteRounds(), audits.pendingDeleteOptions());
        }
    }

    private void usage(AuditOptions options) {
        if (audits.inventory() == AuditInventory.CELLS && cells != null) {
            require("nova_cells.deleted_kept", cells.deletedKept(), options.reach(), "audits.usage", PERIODS);
        } else {
            require(AUDITED, kept().inventory(), options.reach(), "audits.usage", PERIODS);
        }
        require(AUDITED, kept().audited(), options.reach(), "audits.usage", PERIODS);
        if (audits.bandwidthPatience().isPresent()) {
            require(
                    SAMPLES,
                    retention.longest(),
                    options.reach(),
                    "audits.usage",
                    "where it tells the bandwidth that was counted");
        }
        old(retention.longest(), options.catchUp());
    }

    /** What is told is dated by the end of its period. */
    private void old(@Nullable Duration longest, Duration catchUp) {
        if (longest != null && longest.compareTo(catchUp) < 0) {
            throw new InvalidSetting(
                    catchUp.equals(audits.usage().catchUp()) ? "audits.usage.catch_up" : "audits.overdue",
                    "what audits tell is not taken if it is older than events and samples are kept (the longer of"
                            + " store.retention.events and store.retention.samples): expected no more than "
                            + DurationText.print(longest));
        }
    }

    private void counting(String key, CountingAuditConfig counting) {
        if (counting.enabled()) {
            Duration late = audits.countingOptions(counting).late();
            Duration reach = audits.roundsOf(counting).reach().plus(late);
            require(SAMPLES, retention.samples(), reach, key, PERIODS + ", and what came late");
        }
    }

    /** What an instance left is removed while it is known when the instance ended. */
    private void pendingDeletes(AuditOptions rounds, CleanupOptions options) {
        Duration reach = rounds.reach().plus(PendingDeleteAuditor.EARLIER);
        require(
                SAMPLES,
                retention.samples(),
                reach,
                "audits.pending_deletes",
                "two intervals and what was measured before");
        Duration ended = options.keep().plus(options.counted()).plus(rounds.reach());
        require(
                AUDITED,
                kept().inventory(),
                ended,
                "audits.pending_deletes",
                "keep, and two periods of what is counted");
    }

    private RetentionPolicy kept() {
        return new RetentionPolicy(retention.events(), retention.samples(), retention.recovery(), retention.audited());
    }

    private static void require(String key, @Nullable Duration kept, Duration reach, String audit, String why) {
        if (kept != null && kept.compareTo(reach) < 0) {
            throw new InvalidSetting(
                    key,
                    audit + " goes back " + DurationText.print(reach) + " (" + why + "): expected as much, not "
                            + DurationText.print(kept));
        }
    }
}
