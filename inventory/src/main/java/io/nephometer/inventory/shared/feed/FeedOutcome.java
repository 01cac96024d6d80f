// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Verdict;
import java.util.Locale;

/** What became of an event; the names are labels of metrics. */
public enum FeedOutcome {
    /** The cache has it now. */
    APPLIED,
    /** The cache knew it already. */
    SAME,
    /** The cache knows something later. */
    OLDER,
    /** It tells too little of an instance that is not known yet. */
    PARTIAL,
    /** The instance was deleted before, and stays so. */
    GONE,
    /** There is no set yet. Whoever fills the first may have read past it: a refresh is asked for. */
    NOT_FILLED,
    /** Others changed the instance again and again; a refresh is asked for. */
    CONFLICT,
    /** The cache was away; a refresh is asked for when it is back. */
    SKIPPED,
    /** The cache is that of another cloud, and is told nothing; a refresh is asked for if it is our own again. */
    FOREIGN;

    /** As a metric label: {@code applied}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the cache may lack it now, and no refresh was asked for yet. */
    boolean isMissed() {
        return this == CONFLICT || this == SKIPPED;
    }

    static FeedOutcome of(Amender.Ending ending) {
        return switch (ending.result()) {
            case APPLIED -> APPLIED;
            case CONFLICT -> CONFLICT;
            case NOT_FILLED -> NOT_FILLED;
            case KEPT -> ending.verdict() instanceof Verdict.Keep(Verdict.Why why) ? kept(why) : GONE;
        };
    }

    private static FeedOutcome kept(Verdict.Why why) {
        return switch (why) {
            case SAME -> SAME;
            case STALE -> OLDER;
            case GONE -> GONE;
            case PARTIAL -> PARTIAL;
        };
    }
}
