// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.Merge;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecord.Cells;
import io.nephometer.inventory.shared.record.RefreshRecord.Complete;
import io.nephometer.inventory.shared.record.RefreshRecord.Found;
import io.nephometer.inventory.shared.record.RefreshRecord.Wholes;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.ApiFailure;
import io.nephometer.openstack.nova.Microversion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The record of a refresh that is under way: on what the one before left. */
final class RecordDraft {
    private final String by;
    private final Situation situation;
    private final Seated work;
    private @Nullable Cells cells;

    RecordDraft(String by, Situation situation, Seated work) {
        this.by = by;
        this.situation = situation;
        this.work = work;
        this.cells = situation.last() == null ? null : situation.last().cells();
    }

    /** Nova was asked whether it reaches all of its cells. */
    void tells(@Nullable Cells now) {
        cells = now;
    }

    /**
     * What changed was read.
     *
     * @param incomplete why an image is missing; null if none is
     */
    RefreshRecord changes(Poll base, Poll poll, Findings found, @Nullable String incomplete) {
        Duration step = base.stepTo(poll, Merge.OVERLAP);
        Refresh.Outcome outcome = outcome(incomplete);
        if (step.isZero()) {
            String detail = hidden() + (incomplete == null ? "" : incomplete);
            Complete good = CacheClock.complete(poll);
            return record(Refresh.Kind.CHANGES, outcome, detail, found.found(), good, wholes(), 0);
        }
        String must = "Nova's clock was set by " + step.toSeconds() + " s";
        // By the earlier of the two clocks, so that the next list misses nothing, whichever is right.
        Instant expected = base.at().plus(base.age(poll.tick()));
        Poll earlier = new Poll(expected.isBefore(poll.at()) ? expected : poll.at(), poll.novasClock(), poll.tick());
        Complete good = CacheClock.complete(earlier);
        return record(Refresh.Kind.CHANGES, outcome, must, found.found(), good, must(must), 0);
    }

    /**
     * Everything was read.
     *
     * @param settled what became of instances that it lacks
     * @param incomplete as in {@link #changes}
     */
    RefreshRecord whole(Poll poll, WholeReading reading, Lacking.Settled settled, @Nullable String incomplete) {
        Instant now = situation.head().now();
        int unconfirmed = settled.unconfirmed();
        // A cell that Nova does not reach comes back without a date of change, so nothing but a whole reading shows
        // what it has.
        boolean soon = unconfirmed > 0 || settled.dropped() > 0 || reading.lacksCells();
        if (!reading.lacksCells()) {
            cells = Cells.all(now, reading.poll().at());
        }
        Wholes wholes = new Wholes(
                now.plus(soon ? work.options().urgent() : work.options().expiry()),
                unconfirmed > 0 ? "to confirm the last whole reading" : null,
                reading.begun(),
                reading.poll().at());
        return record(
                Refresh.Kind.FULL,
                unconfirmed > 0 ? Refresh.Outcome.UNCONFIRMED : outcome(incomplete),
                unreached(reading) + (unconfirmed > 0 ? doubt(reading, unconfirmed) : reason(incomplete)),
                reading.found().found(),
                CacheClock.complete(poll),
                wholes,
                0);
    }

    private String hidden() {
        return cells == null || cells.unreached() == 0
                ? ""
                : "Nova does not reach the cells of " + cells.unreached() + " hosts since " + cells.reached()
                        + ": what changes there is read as soon as it does; ";
    }

    private String reason(@Nullable String incomplete) {
        return incomplete == null ? situation.reason() : incomplete;
    }

    private static String unreached(WholeReading reading) {
        if (!reading.leftOut().isEmpty()) {
            return "nothing was read of " + String.join(", ", reading.leftOut()) + ", what is known of it stays; ";
        }
        return reading.partials() == 0
                ? ""
                : "Nova does not reach a cell and tells " + reading.partials()
                        + " servers by their id alone, what is known of them stays; ";
    }

    private static String doubt(WholeReading reading, int unconfirmed) {
        return "Nova lists " + reading.told().size() + " servers; " + unconfirmed
                + " that are known are not among them, and nothing told that they are gone. They stay until the"
                + " next whole reading says the same (is a cell of Nova down?)";
    }

    private static Refresh.Outcome outcome(@Nullable String incomplete) {
        return incomplete == null ? Refresh.Outcome.DONE : Refresh.Outcome.INCOMPLETE;
    }

    /** Nova did not answer: what readers see is no younger, and they see why. */
    RefreshRecord failed(Refresh.Kind kind, ApiException cause) {
        boolean refused = cause.failure() == ApiFailure.REFUSED_QUERY && kind == Refresh.Kind.CHANGES;
        return failed(
                kind,
                Refresh.Outcome.FAILED,
                cause,
                refused ? must("Nova refused a list of changes") : afterFailure(kind));
    }

    /** Nova answered with what cannot be true. */
    RefreshRecord failed(Refresh.Kind kind, NotBelievedException cause) {
        return failed(kind, Refresh.Outcome.NOT_BELIEVED, cause, afterFailure(kind));
    }

    /** Nova answered, and the cache could not hold it. */
    RefreshRecord noRoom() {
        Wholes last = wholes();
        Instant later = situation.head().now().plus(work.options().urgent());
        SharedCacheException cause = new SharedCacheException("the shared cache had no room for all instances a second"
                + " time, which was dropped: raise its maxmemory; all of them are read again later");
        return failed(
                Refresh.Kind.FULL,
                Refresh.Outcome.FAILED,
                cause,
                new Wholes(later, last.must(), last.begun(), last.nova()));
    }

    private RefreshRecord failed(Refresh.Kind kind, Refresh.Outcome outcome, Exception cause, Wholes wholes) {
        RefreshRecord last = situation.last();
        return record(
                kind,
                outcome,
                String.valueOf(cause.getMessage()),
                Found.NOTHING,
                last == null ? null : last.good(),
                wholes,
                last == null ? 1 : last.failures() + 1);
    }

    private Wholes afterFailure(Refresh.Kind kind) {
        Wholes last = wholes();
        Instant later = situation.head().now().plus(work.options().retry());
        return kind == Refresh.Kind.FULL ? new Wholes(later, last.must(), last.begun(), last.nova()) : last;
    }

    /** Everything has to be read, but not so soon after the last time that Nova would suffer from a clock that jumps. */
    private Wholes must(String reason) {
        Wholes last = wholes();
        Instant now = situation.head().now();
        Instant earliest =
                last.begun() == null ? now : last.begun().plus(work.options().urgent());
        return new Wholes(earliest.isAfter(now) ? earliest : now, reason, last.begun(), last.nova());
    }

    private Wholes wholes() {
        RefreshRecord last = situation.last();
        return last == null ? new Wholes(situation.head().now(), null, null, null) : last.wholes();
    }

    private RefreshRecord record(
            Refresh.Kind kind,
            Refresh.Outcome outcome,
            String detail,
            Found found,
            @Nullable Complete good,
            Wholes wholes,
            long failures) {
        return new RefreshRecord(
                by,
                kind,
                outcome,
                detail,
                situation.head().now(),
                work.clock().elapsed(),
                work.cloud().take(),
                found,
                good,
                wholes,
                cells,
                failures,
                microversion());
    }

    private @Nullable Microversion microversion() {
        Microversion spoken = work.cloud().microversion();
        RefreshRecord last = situation.last();
        return spoken != null || last == null ? spoken : last.microversion();
    }
}
