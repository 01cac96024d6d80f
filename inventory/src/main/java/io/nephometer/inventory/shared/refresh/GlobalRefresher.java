// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.FullCacheException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the shared cache as Nova and Glance have it. Any number may run; one of them has the seat and asks, the others wait for it to
 * become free. Nothing of importance is kept here: whoever gets the seat goes on from what the cache has. Call {@link #run} every few
 * seconds, from one thread; {@link #report} from any.
 */
public final class GlobalRefresher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalRefresher.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    /** The lease is renewed so often within its time. */
    private static final int BEATS = 3;

    private final String holder;
    private final SharedCache cache;
    private final CountedCloud cloud;
    private final CatalogStock catalog;
    private final RefresherOptions options;
    private final Ticker ticker;
    private final Heartbeat heartbeat;
    private final StateLog log;
    private final RefresherBook book = new RefresherBook();
    private final Refreshing refreshing;
    private final ReadingWitness witness;
    private final OwnCloud nova;
    private volatile @Nullable RefresherSeat seat;
    private volatile Turn last = Turn.of(Turn.State.IDLE, "not called yet");

    /**
     * A refresher that has not asked anything yet.
     *
     * @param holder who this is: a name that no other process has, so a part of it should be drawn by chance
     * @param cache closed by whoever made it
     * @param heartbeat keeps the seat while an answer takes long
     */
    public GlobalRefresher(
            String holder,
            SharedCache cache,
            NovaClient nova,
            GlanceClient glance,
            RefresherOptions options,
            Ticker ticker,
            Heartbeat heartbeat) {
        this(holder, cache, nova, ServerLists.of(nova), glance, options, ticker, heartbeat, ReadingWitness.NONE);
    }

    /**
     * The same with somebody who sees what is read.
     *
     * @param witness called by the thread that calls {@link #run}
     */
    public GlobalRefresher(
            String holder,
            SharedCache cache,
            NovaClient asked,
            GlanceClient glance,
            RefresherOptions options,
            Ticker ticker,
            Heartbeat heartbeat,
            ReadingWitness witness) {
        this(holder, cache, asked, ServerLists.of(asked), glance, options, ticker, heartbeat, witness);
    }

    /**
     * The same with servers from elsewhere than Nova's API.
     *
     * @param asked by which the cloud is known, and which tells flavors that are known by nothing but their id
     * @param servers closed by nobody
     */
    public GlobalRefresher(
            String holder,
            SharedCache cache,
            NovaClient asked,
            ServerLists servers,
            GlanceClient glance,
            RefresherOptions options,
            Ticker ticker,
            Heartbeat heartbeat,
            ReadingWitness witness) {
        this.witness = witness;
        this.holder = holder;
        this.cache = cache;
        this.cloud = new CountedCloud(asked, servers, glance);
        this.catalog = new CatalogStock(options);
        this.nova = new OwnCloud(cloud, options.retry(), ticker, cache::expect);
        this.options = options;
        this.ticker = ticker;
        this.heartbeat = heartbeat;
        this.log = new StateLog(LOG, "Shared cache", REMINDER, ticker);
        this.refreshing = new Refreshing(holder, book);
    }

    /** Does what is due, if this has the seat or can have it. Blocks until the services have answered; never fails. */
    public Turn run() {
        Turn turn;
        try {
            turn = turn();
        } catch (LostSeatException e) {
            stepDown();
            turn = Turn.of(Turn.State.LOST, String.valueOf(e.getMessage()));
        } catch (ForeignCloudException e) {
            leave();
            turn = Turn.of(Turn.State.FAILED, String.valueOf(e.getMessage()));
        } catch (FullCacheException e) {
            makeRoom();
            turn = Turn.of(Turn.State.CACHE_FULL, String.valueOf(e.getMessage()));
        } catch (SharedCacheException e) {
            book.addNothing();
            turn = Turn.of(Turn.State.CACHE_AWAY, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.debug("A refresh of the shared cache met a defect", e);
            refreshing.giveUp();
            turn = Turn.of(Turn.State.FAILED, "a defect of the program, please report it: " + e);
        }
        note(turn);
        book.add(turn);
        last = turn;
        return turn;
    }

    private Turn turn() throws SharedCacheException {
        Head head = cache.head();
        CacheClock clock = new CacheClock(head.now(), ticker);
        Situation situation = Situation.of(head);
        book.add(situation);
        RefresherSeat mine;
        try {
            mine = seat(head);
        } catch (ApiException e) {
            return Turn.of(
                    Turn.State.FAILED, e.getMessage() + "; nobody knows of which cloud this refresher is before");
        }
        if (mine == null) {
            return Turn.of(Turn.State.STANDBY, head.seat() + " refreshes");
        }
        Runnable end = heartbeat.start(options.lease().dividedBy(BEATS), () -> renew(mine));
        try {
            return refreshing.turn(new Seated(cache, mine, cloud, catalog, options, clock, witness), situation);
        } finally {
            end.run();
        }
    }

    /**
     * The seat, kept for another while or taken; null if another of the same cloud has it.
     *
     * @throws ForeignCloudException also if the cache is no longer that of this cloud
     */
    private @Nullable RefresherSeat seat(Head head) throws SharedCacheException, ApiException {
        RefresherSeat mine = seat;
        if (mine != null) {
            mine.renew(options.lease());
            nova.of(head);
            return mine;
        }
        String other = head.seat() == null || head.seat().equals(holder) ? null : head.seat();
        Optional<String> known = other != null && options.standbyAsks() ? Optional.of(nova.of(head)) : nova.known(head);
        if (other != null) {
            return null;
        }
        RefresherSeat taken = known.isPresent()
                ? cache.takeSeat(holder, known.get(), options.lease()).orElse(null)
                : introduced(head);
        seat = taken;
        return taken;
    }

    /**
     * The seat for whoever does not know yet of which cloud he is: taken before Keystone is asked, so that of many one asks. While
     * Keystone does not answer the lease runs out, and the next one asks; who is of another cloud makes room at once.
     */
    private @Nullable RefresherSeat introduced(Head head) throws SharedCacheException, ApiException {
        RefresherSeat reserved = cache.takeSeat(holder, options.lease()).orElse(null);
        if (reserved == null) {
            return null;
        }
        try {
            return cache.takeSeat(holder, nova.of(head), options.lease()).orElse(null);
        } catch (ForeignCloudException e) {
            reserved.leave();
            throw e;
        }
    }

    /** Beside a refresh that takes long; if the seat is lost, the refresh finds out with its next write. */
    private void renew(RefresherSeat mine) {
        try {
            mine.renew(options.lease());
        } catch (SharedCacheException e) {
            LOG.debug("The seat could not be kept: {}", e.getMessage());
        }
    }

    /** What was read half would be in the way of all that changes. */
    private void makeRoom() {
        refreshing.noRoom();
        RefresherSeat mine = seat;
        if (mine != null) {
            try {
                mine.unstage();
            } catch (LostSeatException e) {
                stepDown();
            } catch (SharedCacheException e) {
                LOG.debug("The second set could not be dropped: {}", e.getMessage());
            }
        }
    }

    private void stepDown() {
        seat = null;
        refreshing.giveUp();
        catalog.forget();
    }

    private void note(Turn turn) {
        switch (turn.state()) {
            case FAILED, LOST, CACHE_AWAY, CACHE_FULL ->
                log.trouble(turn.state().label(), turn.detail());
            case REFRESHED -> log.well("refreshed again");
            case STANDBY -> log.well("another refreshes");
            case IDLE, READING -> {}
        }
    }

    /** How it is. Never waits for a refresh. */
    public RefresherReport report() {
        return book.report(last, seat != null);
    }

    /** Gives the seat up, so that another need not wait for the end of the lease. */
    @Override
    public void close() {
        leave();
    }

    private void leave() {
        RefresherSeat mine = seat;
        if (mine != null) {
            try {
                mine.leave();
            } catch (SharedCacheException e) {
                LOG.debug("The seat could not be given up, its lease will end: {}", e.getMessage());
            }
            stepDown();
        }
    }
}
