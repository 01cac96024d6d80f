// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.openstack.api.ApiException;
import org.jspecify.annotations.Nullable;

/** Does what is due, turn by turn, as long as the seat is held. Not thread-safe. */
final class Refreshing {
    private final String by;
    private final RefresherBook book;

    /** A whole reading that is under way; what it has read belongs to the seat of this holder. */
    private @Nullable PacedReading paced;

    /** The same, as fast as Nova answers; kept when a page fails, so that the others are not asked for again. */
    private @Nullable PacedReading hasty;

    /** Nothing is asked before, on our ticker. */
    private @Nullable Long paused;

    Refreshing(String by, RefresherBook book) {
        this.by = by;
        this.book = book;
    }

    /** One turn. A cache that fails while it is written costs Nova no more questions than one that does not. */
    Turn turn(Seated work, Situation situation) throws SharedCacheException {
        if (paused != null && work.clock().nanos() - paused < 0) {
            return Turn.of(Turn.State.IDLE, "waiting, since the cache failed under the last refresh");
        }
        paused = null;
        try {
            return due(work, situation);
        } catch (LostSeatException e) {
            throw e;
        } catch (SharedCacheException e) {
            paused = work.clock().nanos() + work.options().retry().toNanos();
            throw e;
        }
    }

    /** The changes first, since they are what readers wait for. */
    private Turn due(Seated work, Situation situation) throws SharedCacheException {
        if ((situation.isUrgent() && situation.isWholeDue())
                || work.witness().wish().all()) {
            return everything(work, situation);
        }
        Poll base = situation.base();
        if (base == null || !situation.isDeltaDue(work.options())) {
            return isPageDue(work, situation) ? page(work, situation) : Turn.of(Turn.State.IDLE, "nothing is due");
        }
        RefreshRecord record = changes(work, situation, base);
        work.seat()
                .record(
                        RefreshRecordBody.write(record),
                        record.failures() > 0 ? 0 : situation.head().wishes());
        book.add(record);
        return Turn.of(record);
    }

    private RefreshRecord changes(Seated work, Situation situation, Poll base) throws SharedCacheException {
        RecordDraft draft = new RecordDraft(by, situation, work);
        Findings found = new Findings(true);
        try {
            Poll poll = new ChangesReading(work, found).read(base);
            return draft.changes(base, poll, found, work.catalog().complete(work));
        } catch (ApiException e) {
            return draft.failed(Refresh.Kind.CHANGES, e);
        } catch (NotBelievedException e) {
            return draft.failed(Refresh.Kind.CHANGES, e);
        }
    }

    /** Everything at once, since there is nothing yet, or nothing that can be relied on. */
    private Turn everything(Seated work, Situation situation) throws SharedCacheException {
        paced = null;
        boolean filled = situation.head().isFilled();
        RecordDraft draft = new RecordDraft(by, situation, work);
        PacedReading pages = hasty == null ? PacedReading.begin(work, filled) : hasty;
        hasty = null;
        try {
            WholeReading reading = pages.all(work);
            Poll poll = filled ? new ChangesReading(work, reading.found()).read(reading.poll()) : reading.poll();
            return show(work, draft, reading, poll, situation.head().wishes());
        } catch (ApiException e) {
            hasty = pages.isHopeless() ? null : pages;
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        } catch (NotBelievedException e) {
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        }
    }

    private boolean isPageDue(Seated work, Situation situation) {
        return !situation.isUrgent()
                && (paced == null
                        ? situation.isWholeDue()
                        : paced.reading().hasEnded()
                                || paced.isPageDue(work.clock().now()));
    }

    /** The next page of a whole reading, or after the last one the switch. Changes go on beside it. */
    private Turn page(Seated work, Situation situation) throws SharedCacheException {
        RecordDraft draft = new RecordDraft(by, situation, work);
        hasty = null;
        PacedReading pages = paced == null ? PacedReading.begin(work, true) : paced;
        paced = pages;
        try {
            pages.page(work);
            Poll base = situation.base();
            if (!pages.reading().hasEnded() || base == null) {
                return Turn.of(Turn.State.READING, pages.reading().told().size() + " servers read so far");
            }
            Turn turn = show(work, draft, pages.reading(), base, 0);
            paced = null;
            return turn;
        } catch (ApiException e) {
            giveUpIfHopeless(pages);
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        } catch (NotBelievedException e) {
            paced = null;
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        } catch (SharedCacheException e) {
            giveUpIfHopeless(pages);
            throw e;
        }
    }

    /** After the last page a failure leaves open whether the set was shown: the record in the cache says so, not what is kept here. */
    private void giveUpIfHopeless(PacedReading pages) {
        paced = pages.isHopeless() || pages.reading().hasEnded() ? null : pages;
    }

    private Turn show(Seated work, RecordDraft draft, WholeReading reading, Poll poll, long granted)
            throws SharedCacheException {
        Lacking.Settled settled = new Lacking(work, reading).settle();
        RefreshRecord record =
                draft.whole(poll, reading, settled, work.catalog().complete(work));
        new Switchover(work, reading.told()).show(RefreshRecordBody.write(record), granted);
        work.seat().forgetGone(poll.at().minus(work.options().memory()));
        book.add(record);
        work.witness().toldAll(reading.poll().at());
        return Turn.of(record);
    }

    private Turn failed(Seated work, RefreshRecord record) throws SharedCacheException {
        work.seat().record(RefreshRecordBody.write(record), 0);
        book.add(record);
        return Turn.of(record);
    }

    /** What was begun belongs to a seat that is lost. */
    void giveUp() {
        paced = null;
        hasty = null;
    }
}
