// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Change;
import io.nephometer.inventory.shared.record.Knowledge;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.inventory.shared.record.RefreshRecord.Found;
import io.nephometer.inventory.shared.record.Verdict;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what a refresh finds otherwise than the cache had it. Not thread-safe. */
final class Findings {
    /** What happened later than this before Nova was asked may still be told by an event. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final boolean filled;
    private final Map<Change, Long> missed = new EnumMap<>(Change.class);
    private long changed;
    private long gone;
    private long stale;
    private long unreadable;

    /**
     * Nothing found yet.
     *
     * @param filled whether the cache held anything: what an empty one lacks was not missed by anybody
     */
    Findings(boolean filled) {
        this.filled = filled;
    }

    void add(Amender.Ending ending) {
        if (ending.result() == Amender.Result.APPLIED) {
            add(ending.before(), ending.seen(), ending.verdict());
        } else if (ending.verdict() instanceof Verdict.Keep(Verdict.Why why) && why == Verdict.Why.STALE) {
            stale++;
        }
    }

    void add(Knowledge before, Observation seen, Verdict verdict) {
        unreadable += before instanceof Knowledge.Unreadable ? 1 : 0;
        change(before, verdict).ifPresent(change -> {
            if (change == Change.DELETED) {
                gone++;
            } else {
                changed++;
            }
            if (filled && isMissed(seen)) {
                missed.merge(change, 1L, Long::sum);
            }
        });
    }

    private static Optional<Change> change(Knowledge before, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Keep _ -> Optional.empty();
            case Verdict.Delete _ -> before instanceof Knowledge.Here ? Optional.of(Change.DELETED) : Optional.empty();
            case Verdict.Put put ->
                switch (before) {
                    case Knowledge.Here here ->
                        Change.between(here.instance().server(), put.instance().server());
                    case Knowledge.Unreadable _ -> Optional.empty();
                    case Knowledge.Nothing _, Knowledge.Gone _ -> Optional.of(Change.CREATED);
                };
        };
    }

    private static boolean isMissed(Observation seen) {
        return switch (seen) {
            case Observation.Answer(Server server, Instant told) -> isOld(server, told);
            case Observation.Listed(Server server, Instant told) -> isOld(server, told);
            case Observation.Deletion _ -> true;
            case Observation.Event _ -> false;
        };
    }

    private static boolean isOld(Server server, Instant told) {
        return server.updated() != null && server.updated().isBefore(told.minus(GRACE));
    }

    /** So many instances are dropped, since two whole readings lack them. */
    void dropped(long instances) {
        gone += instances;
    }

    Found found() {
        return new Found(changed, gone, missed, stale, unreadable);
    }
}
