// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Inventory;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.cache.Refresh.Kind;
import io.nephometer.inventory.cache.Refresh.Outcome;
import io.nephometer.inventory.cache.RefreshBook;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.inventory.cache.SharedReport.State;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.openstack.nova.Microversion;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an agent has of the shared cache, and its attempts to have it anew. Not thread-safe: one refresh at a time. */
final class SharedReading {
    private final String host;
    private final InstantSource clock;
    private final Ticker ticker;
    private final SharedTally tally = new SharedTally();
    private final RefreshBook book = new RefreshBook();
    private final HostReader reader;
    private final Outage outage;
    private final @Nullable Fallback fallback;

    private SharedSet set = SharedSet.NOTHING;
    private Freshness freshness = Freshness.NONE;

    /** The microversion that the refresher speaks with Nova. */
    private @Nullable Microversion spoken;

    private @Nullable Head head;
    private State state = State.NOT_ASKED;
    private @Nullable String cause;

    SharedReading(
            String host,
            SharedCache cache,
            @Nullable LocalAccess access,
            GlobalOptions options,
            InstantSource clock,
            Ticker ticker) {
        this.host = host;
        this.clock = clock;
        this.ticker = ticker;
        this.reader = new HostReader(host, cache, tally);
        this.outage = new Outage(host, options.fallbackWithin());
        this.fallback = access == null ? null : new Fallback(access, options.fallbackInterval());
    }

    Refresh refresh(Sighting sighting) {
        Instant began = clock.instant();
        long now = ticker.nanos();
        Refresh refresh;
        try {
            HostReader.Look look = reader.look(set);
            head = look.head();
            SharedSet read = look.set();
            refresh = read == null
                    ? without(State.NOT_FILLED, "the shared cache holds no set", sighting, began, now)
                    : take(look.head(), read, began, now);
        } catch (SharedCacheException e) {
            tally.count(SharedEvent.FAILED);
            refresh = without(State.UNREACHABLE, String.valueOf(e.getMessage()), sighting, began, now);
        }
        if (refresh.outcome() != Outcome.NOT_DUE) {
            book.add(refresh);
        }
        return refresh;
    }

    private Refresh take(Head seen, SharedSet read, Instant began, long now) {
        SharedSet before = set;
        set = read;
        state = State.IN_USE;
        cause = null;
        outage.end();
        if (fallback != null) {
            fallback.end();
        }
        String age = ageOf(seen, now);
        String detail = read.skipped().isEmpty()
                ? age
                : read.skipped().size() + " records cannot be read, and are left out: " + read.skipped();
        Outcome outcome = detail.isEmpty() ? Outcome.DONE : Outcome.INCOMPLETE;
        return ended(outcome, detail, began, now, read.changedSince(before), read.leftSince(before));
    }

    /** Nothing, or why the age is not known any better than before. */
    private String ageOf(Head seen, long now) {
        try {
            String text = seen.refreshRecord();
            RefreshRecord last = text == null ? null : RefreshRecordBody.read(text);
            freshness = Freshness.of(last, seen.now(), now);
            spoken = last == null ? null : last.microversion();
            return "";
        } catch (BodyException e) {
            return "the record of the last refresh cannot be read, so the age goes on from the one before: "
                    + e.getMessage();
        }
    }

    private Refresh without(State why, String because, Sighting sighting, Instant began, long now) {
        state = why;
        cause = because;
        if (outage.goesOn(began, now)) {
            tally.count(SharedEvent.OUTAGE);
        }
        boolean due = Objects.equals(outage.left(now), Duration.ZERO);
        if (fallback != null && due) {
            if (!fallback.isUnderWay()) {
                tally.count(SharedEvent.FALLBACK);
            }
            return fallback.refresh(sighting, set, spoken);
        }
        return ended(Outcome.FAILED, because + "; " + consequence(now), began, now, 0, 0);
    }

    private String consequence(long now) {
        if (fallback == null) {
            return "what is known stays, and Nova is not asked, since this agent has no credentials";
        }
        Duration left = Objects.requireNonNullElse(outage.left(now), Duration.ZERO);
        return "what is known stays, and Nova is asked in " + left.toSeconds() + " s unless the cache is back";
    }

    private Refresh ended(Outcome outcome, String detail, Instant began, long now, int changed, int left) {
        return new Refresh(
                Kind.SHARED,
                outcome,
                detail,
                began,
                outcome.isFailure() ? null : freshness.asOf(),
                Duration.ofNanos(ticker.nanos() - now),
                Refresh.Requests.NONE,
                changed,
                left);
    }

    Refresh nothing(String why) {
        return new Refresh(
                Kind.NOTHING, Outcome.NOT_DUE, why, clock.instant(), null, Duration.ZERO, Refresh.Requests.NONE, 0, 0);
    }

    @Nullable String cause() {
        return cause;
    }

    /** What readers see now. */
    Inventory view() {
        LocalInventory told = fallback == null ? null : fallback.told();
        return told == null ? new SharedView(host, set, freshness, ticker) : told;
    }

    /** How it is now, for reports. */
    GlobalStatus status() {
        SharedReport.Seen seen = head == null ? null : GlobalStatus.seen(head, set);
        Duration left = fallback == null ? null : outage.left(ticker.nanos());
        SharedReport shared =
                new SharedReport(state, outage.since(), cause, left, seen, set.skipped(), tally.byLabel());
        CacheReport.Counts counts = new CacheReport.Counts(book.counts(), book.requests(), tally.byLabel());
        LocalInventory told = fallback == null ? null : fallback.told();
        return new GlobalStatus(
                host,
                set,
                freshness,
                told,
                book.last(),
                book.lastDone(),
                book.failures(),
                book.failure(),
                counts,
                shared);
    }
}
