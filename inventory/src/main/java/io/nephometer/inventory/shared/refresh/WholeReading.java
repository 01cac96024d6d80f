// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Knowledge;
import io.nephometer.inventory.shared.record.Merge;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.inventory.shared.record.Verdict;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.api.Reason;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all servers into a second set, a page at a time. Meanwhile readers see the first set, which lists of changes and events keep
 * up to date. Not thread-safe.
 */
final class WholeReading {
    private final ServerPages pages;
    private final Findings found;
    private final Instant begun;
    private @Nullable Poll poll;
    private long partials;
    private Set<String> leftOut = Set.of();

    private WholeReading(ServerPages pages, Findings found, Instant begun) {
        this.pages = pages;
        this.found = found;
        this.begun = begun;
    }

    /**
     * Begins a second set; nothing is asked yet.
     *
     * @param filled whether there is a first one, so that what it lacks was missed
     */
    static WholeReading begin(Seated work, boolean filled) throws SharedCacheException {
        work.seat().stage();
        return new WholeReading(
                new ServerPages(
                        ServerQuery.all(), Reason.METADATA_FULL, work.options().maxInstances()),
                new Findings(filled),
                work.clock().now());
    }

    /** Reads a page into the second set, if there is one left. If that fails, it may be tried again. */
    void page(Seated work) throws ApiException, NotBelievedException, SharedCacheException {
        long tick = work.clock().tick();
        Optional<ServerPage> next = pages.next(work.cloud());
        if (next.isPresent()) {
            ServerPage page = next.get();
            if (poll == null) {
                poll = new Poll(page.told(), page.novasClock(), tick);
            }
            work.renew();
            ServerPage named = page.with(work.catalog().named(page.servers(), work));
            work.witness().told(named.servers(), named.told());
            fill(named, work);
            pages.done(page);
            leftOut = work.cloud().leftOut();
        }
    }

    private void fill(ServerPage page, Seated work) throws SharedCacheException {
        Map<String, KnownInstance> known =
                work.cache().instances(page.servers().stream().map(Server::id).toList());
        List<Entry> entries = new ArrayList<>();
        List<String> revived = new ArrayList<>();
        for (Server server : page.servers()) {
            Knowledge before = Knowledge.of(known.get(server.id()));
            Observation seen = new Observation.Listed(server, page.told());
            Verdict verdict = Merge.of(before, seen);
            found.add(before, seen, verdict);
            if (before instanceof Knowledge.Gone && verdict instanceof Verdict.Put) {
                revived.add(server.id());
            }
            entry(before, verdict).ifPresent(entries::add);
        }
        if (!revived.isEmpty()) {
            work.seat().revive(revived, page.told().minus(Merge.OVERLAP));
        }
        work.seat().fill(entries);
    }

    /** What the second set gets: what was read, or what is known if that is more. */
    private Optional<Entry> entry(Knowledge before, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Put put -> Optional.of(InstanceBody.entry(put.instance()));
            case Verdict.Delete _ -> Optional.empty();
            case Verdict.Keep keep -> {
                partials += keep.why() == Verdict.Why.PARTIAL ? 1 : 0;
                yield before instanceof Knowledge.Here here
                        ? Optional.of(InstanceBody.entry(here.instance()))
                        : Optional.empty();
            }
        };
    }

    boolean hasEnded() {
        return pages.hasEnded();
    }

    /** When the first page was told; only after it was read. */
    Poll poll() {
        if (poll == null) {
            throw new IllegalStateException("no page was read yet");
        }
        return poll;
    }

    /** When it began, on the clock of the cache. */
    Instant begun() {
        return begun;
    }

    /** When each server was told, by id. */
    Map<String, Instant> told() {
        return pages.told();
    }

    /** Instances that exist, but Nova does not reach the cell that knows more. Of large cells it tells only the first. */
    long partials() {
        return partials;
    }

    /** Cells of which nothing, or not all, is in the lists, and no server by its id either. */
    Set<String> leftOut() {
        return leftOut;
    }

    /** Whether what is not in it may be there all the same. */
    boolean lacksCells() {
        return partials > 0 || !leftOut.isEmpty();
    }

    Findings found() {
        return found;
    }
}
