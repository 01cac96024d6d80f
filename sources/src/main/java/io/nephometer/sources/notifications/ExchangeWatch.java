// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What we know of one exchange of a service, and since when our queue has been without it. An exchange that we never saw
 * makes no gap by being absent: nobody could publish to it. For one thread.
 */
final class ExchangeWatch {
    /** How the exchange was when last looked at. */
    enum State {
        UNKNOWN,
        BOUND,
        ABSENT,
        REFUSED
    }

    private static final long ABSENT_SHARE = 2;
    private static final long UNSEEN_FACTOR = 5;

    private final String name;
    private final GapLog gaps;
    private State state = State.UNKNOWN;
    private @Nullable Instant lastBound;
    private @Nullable Instant lastAbsent;
    private @Nullable Instant absentSince;
    private @Nullable Gap gap;
    /** Set when the broker was restarted before this process began: if the exchange exists, our binding was gone. */
    private @Nullable String lostBefore;

    private String refusal = "";
    private long nextLookNanos;

    ExchangeWatch(String name, GapLog gaps) {
        this.name = name;
        this.gaps = gaps;
    }

    String name() {
        return name;
    }

    State state() {
        return state;
    }

    /** Whether notifications are missing now. */
    boolean isLosing() {
        return gap != null;
    }

    String refusal() {
        return refusal;
    }

    boolean isDue(long nanos) {
        return state == State.UNKNOWN || nextLookNanos - nanos <= 0;
    }

    long nanosToNextLook(long nanos) {
        return state == State.UNKNOWN ? 0 : Math.max(0, nextLookNanos - nanos);
    }

    /** All that was known is from another connection: look again soon. */
    void reconnected() {
        state = State.UNKNOWN;
        absentSince = null;
    }

    /** The broker has forgotten its transient exchanges and their bindings. */
    void bindingsLost(String detail) {
        if (gap != null) {
            return;
        }
        if (lastBound == null) {
            lostBefore = detail;
        } else {
            open(Gap.Kind.BROKER_RESTARTED, detail);
        }
    }

    /** It exists, and our queue is bound to it. */
    void bound(Instant now, long nanos, Duration check) {
        Gap open = gap;
        Instant absent = lastAbsent;
        if (open != null) {
            gap = null;
            gaps.end(open.endedAt(now));
        } else if (lostBefore != null) {
            gaps.tell(new Gap(Gap.Kind.BROKER_RESTARTED, name, null, now, null, false, lostBefore));
        } else if (absent != null) {
            gaps.tell(new Gap(
                    Gap.Kind.EXCHANGE_UNBOUND,
                    name,
                    absent,
                    now,
                    null,
                    false,
                    "it appeared between two looks of ours"));
        }
        lostBefore = null;
        lastAbsent = null;
        absentSince = null;
        lastBound = now;
        state = State.BOUND;
        nextLookNanos = nanos + check.toNanos();
    }

    /** It does not exist. */
    void absent(Instant now, long nanos, LinkTiming timing) {
        if (gap == null && lastBound != null) {
            open(Gap.Kind.EXCHANGE_UNBOUND, "the exchange is gone; bound again when it comes back");
        }
        Instant since = absentSince == null ? now : absentSince;
        absentSince = since;
        lastAbsent = now;
        state = State.ABSENT;
        nextLookNanos = nanos + pauseAfter(Duration.between(since, now), timing).toNanos();
    }

    /** We may not bind to it. */
    void refused(Instant now, long nanos, LinkTiming timing, String text) {
        if (gap == null && lastBound != null) {
            open(Gap.Kind.EXCHANGE_UNBOUND, "the broker no longer lets us bind: " + text);
        }
        refusal = text;
        state = State.REFUSED;
        absentSince = null;
        lastAbsent = null;
        nextLookNanos = nanos + timing.absentMost().toNanos();
    }

    private void open(Gap.Kind kind, String detail) {
        Gap opened = new Gap(kind, name, lastBound, null, null, false, detail);
        gap = opened;
        gaps.tell(opened);
    }

    /**
     * In proportion to how long it has been gone, so that what returns soon is bound soon, and what stays away costs the broker
     * few lines in its log.
     */
    private Duration pauseAfter(Duration gone, LinkTiming timing) {
        Duration least = timing.check().dividedBy(4);
        Duration most = lastBound == null ? timing.absentMost().multipliedBy(UNSEEN_FACTOR) : timing.absentMost();
        Duration share = gone.dividedBy(ABSENT_SHARE);
        if (share.compareTo(least) < 0) {
            return least;
        }
        return share.compareTo(most) > 0 ? most : share;
    }
}
