// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The feed before a cache that is away, hangs, or is changed by others all the time. */
class FeedOutageTest {
    private static final Duration REST = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedCache cache = new ScriptedCache();
    private final FeedTally tally = new FeedTally();
    private final NotificationFeed feed = feed(Duration.ofMinutes(1));
    private final List<InstanceEvent> events = RecordedEvents.of(RecordedEvents.OFFLOADED, true).stream()
            .flatMap(event -> event.told().stream())
            .toList();

    private NotificationFeed feed(Duration patience) {
        return new NotificationFeed(cache, new FeedOptions(patience, REST), nanos::get, tally);
    }

    @Test
    void aCacheThatIsAwayIsLeftAloneForAWhileAndThenAskedForARefresh() {
        cache.failing = true;
        feed.tell(events);
        feed.tell(events);
        assertEquals(1, cache.calls.get(), "it is not asked again while it rests");
        assertEquals(2 * events.size(), tally.count(FeedOutcome.SKIPPED));
        assertEquals(2L * events.size(), feed.missed());

        cache.failing = false;
        nanos.addAndGet(REST.toNanos());
        feed.tell(events);
        assertEquals(List.of(2 * events.size() + " notifications could not be told to the cache"), cache.wishes);
        assertEquals(0, feed.missed());
        assertEquals(events.size(), tally.count(FeedOutcome.APPLIED) + tally.count(FeedOutcome.SAME));
    }

    @Test
    void aCacheThatHangsHoldsNobodyUp() throws Exception {
        cache.hanging = new CountDownLatch(1);
        feed(Duration.ofMillis(50)).tell(events);
        assertEquals(events.size(), tally.count(FeedOutcome.SKIPPED));
        assertTrue(cache.interrupted.await(10, TimeUnit.SECONDS), "the late call is given up");
    }

    @Test
    void whoeverIsOvertakenAgainAndAgainAsksForARefresh() {
        cache.answer = Amended.CONFLICT;
        feed.tell(events);
        assertTrue(cache.calls.get() > 2, "it is tried again");
        assertTrue(tally.count(FeedOutcome.CONFLICT) > 0);
        assertEquals(tally.count(FeedOutcome.CONFLICT), feed.missed());

        cache.answer = Amended.DONE;
        feed.tell(events);
        assertEquals(1, cache.wishes.size());
    }

    @Test
    void aBatchWithoutInstancesAsksNobody() {
        feed.tell(List.of());
        assertEquals(0, cache.calls.get());
    }

    /** Answers as it is told to; knows nothing. */
    private static final class ScriptedCache implements SharedCache {
        private final List<String> wishes = new ArrayList<>();
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private volatile boolean failing;
        private volatile @Nullable CountDownLatch hanging;
        private volatile Amended answer = Amended.DONE;
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
            calls.incrementAndGet();
            CountDownLatch latch = hanging;
            if (latch != null) {
                await(latch);
            }
            if (failing) {
                throw new SharedCacheException("redis.example.org:6379 refused the connection");
            }
            return Map.of();
        }

        private void await(CountDownLatch latch) throws SharedCacheException {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new SharedCacheException("interrupted", e);
            }
        }

        @Override
        public List<Amended> amend(List<Amendment> amendments) {
            calls.incrementAndGet();
            return Collections.nCopies(amendments.size(), answer);
        }

        @Override
        public void wantRefresh(String reason) {
            wishes.add(reason);
        }

        @Override
        public Head head() {
            return new Head("i", 1, null, 0, 0, Instant.EPOCH, null, Duration.ZERO, null, 0, null, 0);
        }

        @Override
        public HostView host(String host, @Nullable Edition known) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
