// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings into the set that readers see what has changed since the cache was complete. */
final class ChangesReading {
    private final Seated work;
    private final Findings found;

    ChangesReading(Seated work, Findings found) {
        this.work = work;
        this.found = found;
    }

    /**
     * Reads a list of changes to its end. What it lists is in the cache as soon as its page has arrived. It begins earlier than the cache
     * needs if the witness wants that.
     *
     * @param base up to when the cache is complete
     * @return up to when it is complete now
     */
    Poll read(Poll base) throws ApiException, NotBelievedException, SharedCacheException {
        return read(base, null);
    }

    /**
     * The same from an earlier moment on.
     *
     * @param earlier on Nova's clock; null for none
     */
    Poll read(Poll base, @Nullable Instant earlier) throws ApiException, NotBelievedException, SharedCacheException {
        RefresherOptions options = work.options();
        long tick = work.clock().tick();
        Instant needed = earlier(base.since(options.overlap()), earlier);
        Instant since = since(needed);
        ServerQuery query = ServerQuery.all().changedSince(since).changedBefore(until(base, tick));
        // What only the witness wants does not go into the cache, whose bound says nothing of it.
        int most = since.isBefore(needed) ? Integer.MAX_VALUE : options.maxInstances();
        ServerPages pages = new ServerPages(query, Reason.METADATA_DELTA, most);
        ServerPage first = pages.next(work.cloud()).orElseThrow();
        long answered = work.clock().tick();
        take(first, needed);
        pages.done(first);
        for (Optional<ServerPage> page = pages.next(work.cloud()); page.isPresent(); page = pages.next(work.cloud())) {
            work.renew();
            take(page.get(), needed);
            pages.done(page.get());
        }
        work.witness().complete(window(since, first, tick, answered));
        return new Poll(first.told(), first.novasClock(), tick);
    }

    private ReadingWitness.Window window(Instant since, ServerPage first, long asked, long answered) {
        long now = work.clock().tick();
        return new ReadingWitness.Window(
                since,
                first.told(),
                first.novasClock() && work.cloud().asksNova(),
                Duration.ofNanos(now - asked),
                Duration.ofNanos(now - answered));
    }

    /** Later than the cache needs, if the witness has seen times of which nobody knows whether they are over. */
    private Instant until(Poll base, long tick) {
        Duration overlap = work.options().overlap();
        Instant needed = base.until(overlap, tick);
        Instant wish = work.witness().wish().until();
        return wish.equals(Instant.MIN) || wish.plus(overlap).isBefore(needed) ? needed : wish.plus(overlap);
    }

    /** Earlier than the cache needs, if the witness was not told all that changed since. */
    private Instant since(Instant needed) {
        Instant wish = work.witness().wish().since();
        return earlier(needed, wish.equals(Instant.MAX) ? null : wish);
    }

    private Instant earlier(Instant needed, @Nullable Instant other) {
        Instant wanted = other == null ? needed : other.minus(work.options().overlap());
        return wanted.isBefore(needed) ? wanted : needed;
    }

    private void take(ServerPage page, Instant needed) throws ApiException, SharedCacheException {
        List<Server> servers = work.catalog().named(page.servers(), work);
        work.witness().told(servers, page.told());
        work.amend(
                servers.stream()
                        .filter(server -> isNeeded(server, needed))
                        .map(server -> new Observation.Answer(server, page.told()))
                        .toList(),
                found);
    }

    private static boolean isNeeded(Server server, Instant needed) {
        Instant updated = server.updated();
        return updated == null || !updated.isBefore(needed.truncatedTo(ChronoUnit.SECONDS));
    }
}
