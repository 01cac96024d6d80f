// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.NotBegunException;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.openstack.api.ApiException;
import org.jspecify.annotations.Nullable;

/** Does what is due, turn by turn, as long as the seat is held. Not thread-safe. */
final class Refreshing {
    private final String by;
    private final RefresherBook book;
    private final CellFalls falls = new CellFalls();

    /** A whole reading that is under way; what it has read belongs to the seat of this holder. */
    private @Nullable PacedReading paced;

    /** The same, as fast as Nova answers; kept when a page fails, so that the others are not asked for again. */
    private @Nullable PacedReading hasty;

    /** Whether the cache had no room for a whole reading, and nobody wrote that down yet. */
    private boolean full;

    /** Whether a page that is due waits since the last list of changes. */
    private boolean waited;

    /** Nothing is asked before, on our ticker. */
    private @Nullable Long paused;

    Refreshing(String by, RefresherBook book) {
        this.by = by;
        this.book = book;
    }

    /** One turn. A cache that fails while it is written, or a defect of ours, costs Nova no more questions than one that does not. */
    Turn turn(Seated work, Situation situation) throws SharedCacheException {
        if (paused != null && work.clock().nanos() - paused < 0) {
            return Turn.of(Turn.State.IDLE, "waiting, since the last refresh broke off");
        }
        paused = null;
        try {
            return full ? afterwards(work, situation) : due(work, situation);
        } catch (LostSeatException e) {
            throw e;
        } catch (SharedCacheException | RuntimeException e) {
            paused = work.clock().nanos() + work.options().retry().toNanos();
            throw e;
        }
    }

    /** The cache had no room for what was read: readers see why, and Nova is not asked for all of it again soon. */
    private Turn afterwards(Seated work, Situation situation) throws SharedCacheException {
        Turn turn = failed(work, new RecordDraft(by, situation, work).noRoom());
        full = false;
        return turn;
    }

    /** The changes first, since they are what readers wait for; then a page that is due, even if answers take longer than the interval. */
    private Turn due(Seated work, Situation situation) throws SharedCacheException {
        boolean wished = work.witness().wish().all() && situation.mayReadAll(work.options());
        if (wished || (situation.isUrgent() && situation.isWholeDue())) {
            return everything(work, situation);
        }
        Poll base = situation.base();
        boolean page = isPageDue(work, situation);
        if (base == null || !situation.isDeltaDue(work.options()) || (page && waited)) {
            waited = false;
            return page ? page(work, situation) : Turn.of(Turn.State.IDLE, "nothing is due");
        }
        waited = page;
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
        CellWatch cells = CellWatch.look(work, situation, base, falls);
        draft.tells(cells.now());
        try {
            Poll poll = new ChangesReading(work, found).read(base, cells.since());
            draft.tells(cells.after(poll, falls));
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
        PacedReading pages =
                hasty == null ? PacedReading.begin(work, situation.head().isFilled()) : hasty;
        hasty = pages;
        RecordDraft draft = new RecordDraft(by, situation, work);
        return whole(work, draft, pages, () -> {
            pages.all(work);
            return show(
                    work, draft, pages, pages.caughtUp(work), situation.head().wishes());
        });
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
        hasty = null;
        PacedReading pages = paced == null ? PacedReading.begin(work, true) : paced;
        paced = pages;
        RecordDraft draft = new RecordDraft(by, situation, work);
        return whole(work, draft, pages, () -> {
            if (!pages.reading().hasEnded()) {
                pages.page(work);
            }
            Poll base = situation.base();
            return pages.reading().hasEnded() && base != null
                    ? show(work, draft, pages, base, 0)
                    : reading(pages.reading().told().size() + " servers read so far");
        });
    }

    /** A step of a whole reading. */
    @FunctionalInterface
    private interface Step {
        Turn take() throws ApiException, NotBelievedException, SharedCacheException;
    }

    /** Whatever fails, what was read is kept as long as it may be of use: then only the page or the switch that failed is tried again. */
    private Turn whole(Seated work, RecordDraft draft, PacedReading pages, Step step) throws SharedCacheException {
        try {
            return step.take();
        } catch (ApiException e) {
            giveUpIfHopeless(pages);
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        } catch (NotBelievedException e) {
            giveUp();
            return failed(work, draft.failed(Refresh.Kind.FULL, e));
        } catch (NotBegunException e) {
            giveUp();
            return Turn.of(Turn.State.IDLE, e.getMessage() + ", or it is shown already; the cache says how to go on");
        } catch (SharedCacheException e) {
            giveUpIfHopeless(pages);
            throw e;
        }
    }

    private void giveUpIfHopeless(PacedReading pages) {
        if (pages.isHopeless()) {
            giveUp();
        }
    }

    private Turn show(Seated work, RecordDraft draft, PacedReading pages, Poll poll, long granted)
            throws SharedCacheException {
        WholeReading reading = pages.reading();
        Lacking.Settled settled = pages.settled(work);
        RefreshRecord record =
                draft.whole(poll, reading, settled, work.catalog().complete(work));
        if (!new Switchover(work, reading.told()).show(RefreshRecordBody.write(record), granted)) {
            pages.isHeldUp();
            return reading(
                    "everything is read; what readers see changes too often for the switch, which is tried again");
        }
        giveUp();
        work.seat().forgetGone(poll.at().minus(work.options().memory()));
        book.add(record);
        work.witness().toldAll(reading.poll().at());
        return Turn.of(record);
    }

    private static Turn reading(String detail) {
        return Turn.of(Turn.State.READING, detail);
    }

    private Turn failed(Seated work, RefreshRecord record) throws SharedCacheException {
        work.seat().record(RefreshRecordBody.write(record), 0);
        book.add(record);
        return Turn.of(record);
    }

    /** The cache has no room for what was begun. */
    void noRoom() {
        full = full || paced != null || hasty != null;
        giveUp();
    }

    /** What was begun is shown, belongs to a seat that is lost, or is of no more use. */
    void giveUp() {
        paced = null;
        hasty = null;
    }
}
