// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings what notifications tell into the shared cache, batch by batch, before the batch is committed: a crash in between brings the
 * batch again, and what is told twice changes nothing. It throws nothing and holds nobody up beyond its patience; what the cache could
 * not be told is counted, and a refresh is asked for as soon as it answers again. Thread-safe.
 */
public final class NotificationFeed {
    private final SharedCache cache;
    private final Amender amender;
    private final BriefCall calls;
    private final FeedObserver observer;
    private final Ticker ticker;
    private final AtomicLong missed = new AtomicLong();

    /** Events that were not for the cloud whose cache it was; of use only if it is our own after all. */
    private final AtomicLong foreign = new AtomicLong();

    public NotificationFeed(SharedCache cache, FeedOptions options, Ticker ticker, FeedObserver observer) {
        this.cache = cache;
        this.amender = new Amender(cache, cache::amend);
        this.calls = new BriefCall("telling the shared cache of notifications", options, ticker);
        this.observer = observer;
        this.ticker = ticker;
    }

    /** Tells the cache what the events of one batch say, in whichever order they come. */
    public void tell(Collection<InstanceEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<InstanceEvent> ordered = events.stream()
                .sorted(Comparator.comparing(event -> at(event.observation())))
                .toList();
        long begin = ticker.nanos();
        Optional<List<Amender.Ending>> endings = calls.make(() -> apply(ordered));
        observer.asked(Duration.ofNanos(ticker.nanos() - begin));
        endings.ifPresentOrElse(
                list -> count(kinds(ordered), list), () -> ordered.forEach(event -> count(event.kind(), untold(), 1)));
    }

    private FeedOutcome untold() {
        return calls.foreign().isPresent() ? FeedOutcome.FOREIGN : FeedOutcome.SKIPPED;
    }

    /** Why the cache is told nothing, if it is that of another cloud. */
    public Optional<String> foreign() {
        return calls.foreign();
    }

    /** Events that the cache may lack, and for which no refresh was asked yet. */
    public long missed() {
        return missed.get();
    }

    private List<Amender.Ending> apply(List<InstanceEvent> events) throws SharedCacheException {
        long before = missed.get();
        long others = foreign.get();
        if (before + others > 0) {
            cache.wantRefresh(before + others + " notifications could not be told to the cache");
            missed.addAndGet(-before);
            foreign.addAndGet(-others);
        }
        List<Amender.Ending> endings =
                amender.apply(events.stream().map(InstanceEvent::observation).toList());
        if (endings.stream().anyMatch(ending -> ending.result() == Amender.Result.NOT_FILLED)) {
            cache.wantRefresh(
                    "notifications came before the first set was there"); // its filler may have read past them
        }
        return endings;
    }

    private static Instant at(Observation observation) {
        return switch (observation) {
            case Observation.Event event -> event.at();
            case Observation.Deletion deletion -> deletion.at();
            case Observation.Answer answer -> answer.told();
            case Observation.Listed listed -> listed.told();
        };
    }

    private static IdentityHashMap<Observation, EventKind> kinds(List<InstanceEvent> events) {
        IdentityHashMap<Observation, EventKind> kinds = new IdentityHashMap<>();
        events.forEach(event -> kinds.put(event.observation(), event.kind()));
        return kinds;
    }

    private void count(IdentityHashMap<Observation, EventKind> kinds, List<Amender.Ending> endings) {
        Map<EventKind, Map<FeedOutcome, Integer>> counts = new EnumMap<>(EventKind.class);
        for (Amender.Ending ending : endings) {
            EventKind kind = kinds.getOrDefault(ending.seen(), EventKind.UPDATE);
            counts.computeIfAbsent(kind, _ -> new EnumMap<>(FeedOutcome.class))
                    .merge(FeedOutcome.of(ending), 1, Integer::sum);
        }
        counts.forEach((kind, outcomes) -> outcomes.forEach((outcome, count) -> count(kind, outcome, count)));
    }

    private void count(EventKind kind, FeedOutcome outcome, int count) {
        if (outcome.isMissed()) {
            missed.addAndGet(count);
        } else if (outcome == FeedOutcome.FOREIGN) {
            foreign.addAndGet(count);
        }
        observer.ended(kind, outcome, count);
    }
}
