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
import java.util.List;
import java.util.Optional;

/** Brings into the set that readers see what has changed since the cache was complete. */
final class ChangesReading {
    private final Seated work;
    private final Findings found;

    ChangesReading(Seated work, Findings found) {
        this.work = work;
        this.found = found;
    }

    /**
     * Reads a list of changes to its end. What it lists is in the cache as soon as its page has arrived.
     *
     * @param base up to when the cache is complete
     * @return up to when it is complete now
     */
    Poll read(Poll base) throws ApiException, NotBelievedException, SharedCacheException {
        RefresherOptions options = work.options();
        long tick = work.clock().tick();
        ServerQuery query = ServerQuery.all()
                .changedSince(base.since(options.overlap()))
                .changedBefore(base.until(options.overlap(), tick));
        ServerPages pages = new ServerPages(query, Reason.METADATA_DELTA, options.maxInstances());
        ServerPage first = pages.next(work.cloud()).orElseThrow();
        take(first);
        pages.done(first);
        for (Optional<ServerPage> page = pages.next(work.cloud()); page.isPresent(); page = pages.next(work.cloud())) {
            work.renew();
            take(page.get());
            pages.done(page.get());
        }
        return new Poll(first.told(), first.novasClock(), tick);
    }

    private void take(ServerPage page) throws ApiException, SharedCacheException {
        List<Server> servers = work.catalog().named(page.servers(), work);
        work.amend(
                servers.stream()
                        .map(server -> new Observation.Answer(server, page.told()))
                        .toList(),
                found);
    }
}
