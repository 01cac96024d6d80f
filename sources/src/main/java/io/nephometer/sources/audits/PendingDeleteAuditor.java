// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.CleanupKind;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.CleanupBook.Left;
import io.nephometer.sources.audits.CleanupBook.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to what is left of instances that were deleted: what {@code _run_pending_deletes} of nova-compute is for. What is ours is removed; of
 * what is Nova's nothing is, it is counted how often it was found and told when that was too often. Nothing is decided before the inventory is
 * complete up to the tick; before something is removed the primary is asked whether it is still so. Used by one thread.
 */
public final class PendingDeleteAuditor implements Auditor {
    /** The name of Nova's task. */
    public static final String TASK = "run_pending_deletes";

    private static final String SOFT_DELETED = "soft-delete";
    private static final int MOST = 500;
    /** What was given up is told again for so long, in case a process died before it was told. */
    private static final Duration TOLD = Duration.ofDays(1);

    private static final Duration SLICE = Duration.ofMinutes(15);

    /** What was measured so long before a period still says that an instance runs: two cycles of an agent that polls each ten minutes. */
    public static final Duration EARLIER = Duration.ofMinutes(20);

    private final CleanupOptions options;
    private final Inventory inventory;
    private final Removals removals;
    private final Measurements measurements;
    private final CleanupBook cleanups;
    private final AuditBook book;
    private final AuditSink sink;
    private @Nullable Running running;

    /** What ran in a period. */
    private record Running(Period period, StillMeasured instances) {}

    public PendingDeleteAuditor(
            CleanupOptions options,
            Inventory inventory,
            Removals removals,
            Measurements measurements,
            CleanupBook cleanups,
            AuditBook book,
            AuditSink sink) {
        this.options = options;
        this.inventory = inventory;
        this.removals = removals;
        this.measurements = measurements;
        this.cleanups = cleanups;
        this.book = book;
        this.sink = sink;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public AuditKey key(Period period, int share) {
        return new AuditKey(TASK, UsageAuditor.scope(share), period);
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    @Override
    public AuditResult run(Period period, int share) {
        try {
            Inventory.Place place = inventory.place(period.end());
            if (place.watermark() == null) {
                return new AuditResult.Held("nobody has read the whole cloud yet (" + place.source() + ")");
            }
            if (!place.isCompleteUpTo(period.end())) {
                return new AuditResult.Held(
                        "the inventory is complete up to " + place.watermark() + " (" + place.source() + ")");
            }
            Optional<AuditBook.Hold> hold = book.begin(key(period, share), place);
            return hold.isEmpty() ? new AuditResult.Taken() : run(period, share, new EventTelling(hold.get(), sink));
        } catch (AuditException e) {
            return new AuditResult.Failed(String.valueOf(e.getMessage()));
        }
    }

    private AuditResult run(Period period, int share, EventTelling telling) throws AuditException {
        try {
            Tally tally = new Tally();
            ended(period, share, tally);
            softDeleted(period, share, tally);
            List<GivenUpEvent> events = new ArrayList<>();
            for (CleanupBook.Entry entry : cleanups.givenUp(period.end().minus(TOLD))) {
                Instant when = entry.givenUp();
                if (when != null && HostShare.of(entry.target().host()) == share) {
                    events.add(new GivenUpEvent(entry, when));
                }
            }
            events.sort((one, other) -> one.resource().compareTo(other.resource()));
            return telling.tell(events, tally.text());
        } catch (AuditException e) {
            telling.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void ended(Period period, int share, Tally tally) throws AuditException {
        Instant kept = period.end().minus(options.keep());
        List<Removals.Ended> candidates = removals.ended(kept.minus(options.counted()), share, MOST);
        if (candidates.isEmpty()) {
            return;
        }
        Map<String, List<Left>> left = cleanups.left(kept).stream()
                .collect(Collectors.groupingBy(one -> one.subject().instance()));
        StillMeasured instances = running(period);
        // What an agent has not told yet may be that it runs.
        Set<String> late = measurements.behind(period.end()).stream()
                .map(Measurements.Behind::member)
                .collect(Collectors.toSet());
        for (Removals.Ended one : candidates) {
            Target target = new Target(CleanupKind.ENDED, one.instance(), one.host());
            StillMeasured.Sighting sighting = instances.of(one.instance());
            if (sighting != null && sighting.at().isAfter(one.ended())) {
                String why = "it ended at " + one.ended() + ", and ran on " + sighting.host() + " at " + sighting.at();
                tally.tried += cleanups.attempt(target, period.end(), options.attempts(), why) ? 1 : 0;
            } else if (!late.contains(Objects.requireNonNullElse(one.host(), ""))) {
                List<Left> mine = left.getOrDefault(one.instance(), List.of());
                tally.cleaned += cleanups.clean(target, mine, period.end()) ? 1 : 0;
            }
        }
    }

    private StillMeasured running(Period period) throws AuditException {
        Running known = running;
        if (known != null && known.period().equals(period)) {
            return known.instances();
        }
        StillMeasured instances = measurements
                .read(StillMeasured.METER, period.begin().minus(EARLIER), period.end(), SLICE, StillMeasured::new)
                .taker();
        running = new Running(period, instances);
        return instances;
    }

    private void softDeleted(Period period, int share, Tally tally) throws AuditException {
        Duration reclaim = options.reclaim();
        if (reclaim == null) {
            return;
        }
        Inventory.Window window = inventory.window(period, share, period.end());
        if (!window.place().isCompleteUpTo(period.end())) {
            return; // another server has answered than was asked for
        }
        Set<String> found = new HashSet<>();
        for (InstanceVersion one : window.instances()) {
            if (one.terminated() == null && SOFT_DELETED.equals(one.fields().get("state"))) {
                found.add(one.id());
                if (!one.since().isAfter(period.end().minus(reclaim))) {
                    Target target = new Target(CleanupKind.SOFT_DELETED, one.id(), one.host());
                    String why = "deleted since " + one.since() + ", and not removed by Nova";
                    tally.tried += cleanups.attempt(target, period.end(), options.attempts(), why) ? 1 : 0;
                }
            }
        }
        settle(period, share, found);
    }

    /** Brought back, or removed by Nova. */
    private void settle(Period period, int share, Set<String> found) throws AuditException {
        for (CleanupBook.Entry entry : cleanups.unsettled(CleanupKind.SOFT_DELETED)) {
            if (HostShare.of(entry.target().host()) == share
                    && !found.contains(entry.target().instance())) {
                cleanups.settle(entry.target(), period.end());
            }
        }
    }

    /** What came of candidates. */
    private static final class Tally {
        private int cleaned;
        private int tried;

        private String text() {
            return cleaned == 0 && tried == 0
                    ? ""
                    : "of " + cleaned + " nothing is left; " + tried + " are not removed yet";
        }
    }
}
