// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rows of the servers, deleted ones too, in the order in which Nova lists them. Not thread-safe. */
final class ServerTable {
    private final Map<String, Server> byId = new HashMap<>();
    private final NavigableMap<Place, Server> listed = new TreeMap<>();
    private final Map<String, NavigableMap<Integer, Server>> byHost = new HashMap<>();
    private final Map<String, Integer> liveIndex = new HashMap<>();
    private final List<String> live = new ArrayList<>();

    /** The newest first; of those made in one second, by id. */
    private record Place(Instant created, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::created).reversed().thenComparing(Place::id);

        static Place of(Server server) {
            return new Place(server.times().created(), server.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    Optional<Server> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A new row, or another state of a row that is there. */
    void put(Server server) {
        Server before = byId.put(server.id(), server);
        listed.put(Place.of(server), server);
        leaveHost(before);
        Host host = server.host();
        if (host != null && server.guest() != null) {
            byHost.computeIfAbsent(host.name(), name -> new TreeMap<>()).put(server.number(), server);
        }
        if (server.isDeleted()) {
            forgetLive(server.id());
        } else if (before == null) {
            liveIndex.put(server.id(), live.size());
            live.add(server.id());
        }
    }

    /** Takes a deleted row away for good. */
    void remove(String id) {
        Server before = byId.remove(id);
        if (before != null) {
            listed.remove(Place.of(before));
            leaveHost(before);
            forgetLive(id);
        }
    }

    private void leaveHost(@Nullable Server before) {
        if (before != null && before.host() != null) {
            NavigableMap<Integer, Server> guests = byHost.get(before.host().name());
            if (guests != null) {
                guests.remove(before.number());
            }
        }
    }

    private void forgetLive(String id) {
        Integer index = liveIndex.remove(id);
        if (index != null) {
            String last = live.removeLast();
            if (!last.equals(id)) {
                live.set(index, last);
                liveIndex.put(last, index);
            }
        }
    }

    int liveCount() {
        return live.size();
    }

    /** Any that is not deleted. */
    Optional<Server> any(RandomGenerator random) {
        return live.isEmpty() ? Optional.empty() : find(live.get(random.nextInt(live.size())));
    }

    /** Those with a domain on the host, in the order in which they were made. */
    List<Server> guestsOf(String host) {
        NavigableMap<Integer, Server> guests = byHost.get(host);
        return guests == null ? List.of() : List.copyOf(guests.values());
    }

    /** All rows, the newest first. */
    Collection<Server> rows() {
        return listed.values();
    }

    /** The rows that follow one of them. */
    Collection<Server> rowsAfter(Server marker) {
        return listed.tailMap(Place.of(marker), false).values();
    }
}
