// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A shared cache that is empty at first, and what only its keeper can do to it. */
public interface SharedCacheFixture {
    /** How one process sees it. */
    SharedCache cache();

    /** How another sees it. */
    SharedCache other();

    /** Lets leases be older by so much. */
    void pass(Duration time);

    /** Empties it. */
    void empty();

    Duration TTL = Duration.ofSeconds(30);

    /** Takes the seat. */
    default RefresherSeat seat(String holder) throws SharedCacheException {
        return cache().takeSeat(holder, TTL).orElseThrow();
    }

    /** Lets readers see a first set. */
    default RefresherSeat filled(Entry... entries) throws SharedCacheException {
        RefresherSeat seat = seat("filler");
        show(seat, entries);
        return seat;
    }

    /** Lets readers see another set. */
    static void show(RefresherSeat seat, Entry... entries) throws SharedCacheException {
        seat.stage();
        seat.fill(List.of(entries));
        if (!seat.show("filled", 0)) {
            throw new IllegalStateException("something was touched");
        }
    }

    /** An entry that is to be. */
    static Entry entry(String id, String host, String body) {
        return new Entry(id, host, 0, body);
    }

    /** What a host has, as {@code id=body}, in order. */
    default List<String> on(String host) throws SharedCacheException {
        Map<String, Entry> entries = other().host(host, null).entries();
        return entries == null
                ? List.of("(not filled)")
                : entries.values().stream()
                        .map(entry -> entry.id() + "=" + entry.body())
                        .sorted()
                        .toList();
    }

    /** The revision of an instance that is held. */
    default long revision(String id) throws SharedCacheException {
        KnownInstance known = cache().instances(List.of(id)).get(id);
        return known instanceof KnownInstance.Held(Entry entry) ? entry.revision() : 0;
    }

    /** Changes one. */
    default Amended amend(Amendment... amendments) throws SharedCacheException {
        return cache().amend(Arrays.asList(amendments)).getFirst();
    }

    /** Puts one whatever its revision. */
    default Amended put(String id, String host, String body) throws SharedCacheException {
        return amend(new Amendment.Put(id, revision(id), host, body));
    }
}
