// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What the controllers' databases hold. Thread-safe; every answer is of one moment.
 *
 * <p>What changes it ({@link Operations}, {@link Life}) is in this package and holds the lock through {@link #inside}.
 */
public final class Cloud {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final Ids ids;
    private final Directory directory;
    private final List<Host> hosts;
    private final Interior interior = new Interior();

    private volatile Duration skew = Duration.ZERO;

    Cloud(InstantSource clock, Ids ids, Directory directory, List<Host> hosts) {
        this.clock = clock;
        this.ids = ids;
        this.directory = directory;
        this.hosts = List.copyOf(hosts);
    }

    /** The time on the controllers, which may be wrong. */
    public Instant now() {
        return clock.instant().plus(skew);
    }

    /** Sets the controllers' clocks wrong by so much; the hosts' clocks stay right. */
    public void skewClock(Duration by) {
        skew = by;
    }

    /** The time on the controllers when the hosts have {@code host}. */
    Instant controllerTime(Instant host) {
        return host.plus(skew);
    }

    InstantSource clock() {
        return clock;
    }

    public Ids ids() {
        return ids;
    }

    public Directory directory() {
        return directory;
    }

    /** In the order of their numbers. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The server's row, even if it is marked as deleted. */
    public Optional<Server> server(String id) {
        return inside(in -> in.servers.find(id));
    }

    /** Servers that are not deleted. */
    public int serverCount() {
        return inside(in -> in.servers.liveCount());
    }

    /** What {@code question} makes of all rows, the newest first; it must not keep the collection. */
    public <T> T ask(Function<Collection<Server>, T> question) {
        return inside(in -> question.apply(in.servers.rows()));
    }

    /** The same for the rows that follow a server. */
    public <T> T askAfter(Server marker, Function<Collection<Server>, T> question) {
        return inside(in -> question.apply(in.servers.rowsAfter(marker)));
    }

    /** Servers that are not deleted, the newest first. */
    public List<Server> servers() {
        return ask(rows -> rows.stream().filter(row -> !row.isDeleted()).toList());
    }

    /** Servers with a domain on the host, running or not. */
    public List<Server> guestsOf(String host) {
        return inside(in -> in.servers.guestsOf(host));
    }

    /** Servers with a domain, by host. */
    public Map<String, List<Server>> guestsByHost() {
        Map<String, List<Server>> all = new TreeMap<>();
        for (Host host : hosts) {
            all.put(host.name(), guestsOf(host.name()));
        }
        return all;
    }

    /** By id. */
    public List<Flavor> flavors() {
        return inside(in -> in.catalogue.flavors());
    }

    public Optional<Flavor> flavor(String id) {
        return inside(in -> in.catalogue.flavor(id));
    }

    /** By id. */
    public List<Image> images() {
        return inside(in -> in.catalogue.images());
    }

    public Optional<Image> image(String id) {
        return inside(in -> in.catalogue.image(id));
    }

    /** What was said on the bus since the last call, in order. */
    public List<CloudEvent> takeEvents() {
        return inside(in -> {
            List<CloudEvent> taken = new ArrayList<>(in.said);
            in.said.clear();
            return taken;
        });
    }

    /** Does something that no other thread sees half done. */
    <T> T inside(Function<Interior, T> work) {
        lock.lock();
        try {
            return work.apply(interior);
        } finally {
            lock.unlock();
        }
    }

    /** All that changes: only what {@link #inside} calls may touch it. */
    static final class Interior {
        private final ServerTable servers = new ServerTable();
        private final Catalogue catalogue = new Catalogue();
        private final Agenda agenda = new Agenda();
        private final Deque<CloudEvent> said = new ArrayDeque<>();
        private int serverNumber;

        ServerTable servers() {
            return servers;
        }

        Catalogue catalogue() {
            return catalogue;
        }

        Agenda agenda() {
            return agenda;
        }

        void say(CloudEvent event) {
            said.add(event);
        }

        int nextServerNumber() {
            return ++serverNumber;
        }
    }
}
