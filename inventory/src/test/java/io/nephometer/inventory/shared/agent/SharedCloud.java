// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.FlavorBody;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Teller;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shared cache with somebody who fills it by hand, and the clock of all. */
final class SharedCloud {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    static final String HOST = "compute-0001";
    private static final Duration LEASE = Duration.ofHours(24);

    final SimulatedClock clock = new SimulatedClock(START);
    final Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
    final InProcessSharedCache cache = new InProcessSharedCache(clock);
    final WatchedCache watched = new WatchedCache(cache);

    GlobalInventory agent(String host, @Nullable LocalAccess access, GlobalOptions options) {
        return new GlobalInventory(host, watched, access, options, clock, ticker);
    }

    static Server server(String id, String host, String name) {
        return new Server(
                id,
                name,
                "ACTIVE",
                "project",
                "user",
                null,
                host,
                null,
                null,
                "instance-" + id,
                "image",
                "flavor",
                null,
                "active",
                null,
                1,
                "nova",
                null,
                null,
                null,
                START,
                START,
                START,
                null,
                Map.of("k", name),
                List.of());
    }

    static Entry entry(Server server) {
        return InstanceBody.entry(new CachedInstance(server, START, START, Teller.API, List.of(), null));
    }

    RefresherSeat seat() throws SharedCacheException {
        return cache.takeSeat("test", LEASE).orElseThrow();
    }

    /** Puts a new whole set in the place of the old one, read by a refresh at this moment. */
    void show(Collection<Entry> entries) throws SharedCacheException {
        RefresherSeat seat = seat();
        seat.stage();
        seat.fill(entries);
        if (!seat.show(Records.good(clock.instant()), 0)) {
            throw new AssertionError("nobody touched anything, and yet");
        }
    }

    void show(Server... servers) throws SharedCacheException {
        List<Entry> entries = new ArrayList<>();
        for (Server server : servers) {
            entries.add(entry(server));
        }
        show(entries);
    }

    /** Changes one instance, or adds it. */
    void put(Entry entry) throws SharedCacheException {
        KnownInstance known = cache.instances(List.of(entry.id())).get(entry.id());
        long revision = known instanceof KnownInstance.Held held ? held.entry().revision() : 0;
        Amendment put = new Amendment.Put(entry.id(), revision, entry.host(), entry.body());
        if (!cache.amend(List.of(put)).equals(List.of(Amended.DONE))) {
            throw new AssertionError("nobody else changes " + entry.id());
        }
    }

    void refreshed() throws SharedCacheException {
        seat().record(Records.good(clock.instant()), 0);
    }

    void offer(Flavor flavor, Image image) throws SharedCacheException {
        Instant now = clock.instant();
        seat().catalog(
                        CatalogShelf.FLAVORS,
                        Map.of(String.valueOf(flavor.id()), FlavorBody.write(new Told<>(Optional.of(flavor), now))));
        offer(image);
    }

    void offer(Image image) throws SharedCacheException {
        Instant now = clock.instant();
        seat().catalog(CatalogShelf.IMAGES, Map.of(image.id(), ImageBody.write(new Told<>(Optional.of(image), now))));
    }

    static Flavor flavor(String name) {
        return new Flavor("flavor", name, 1, 512, 1, 0, 0, Map.of());
    }

    static Image image(String name) {
        return new Image("image", name, "active", null, "public", "bare", "qcow2", 1L, 0, 0, null, null, Map.of());
    }
}
