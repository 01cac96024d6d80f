// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.benchmarks.central.Books.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where one scenario is played: it begins with a slot, and its times are counted in slots from there. */
final class Stage {
    /** After the end of the last slot, for what is told late. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** For what waits in a spool. */
    private static final Duration LATEST = Duration.ofSeconds(45);

    private final Cluster cluster;
    private final int agents;
    private final Map<String, Double> listings = new LinkedHashMap<>();
    private final List<Duration> takeOvers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Instant from = Instant.MAX;

    /** @param agents how many there are at first */
    Stage(Cluster cluster, int agents) {
        this.cluster = cluster;
        this.agents = agents;
    }

    Cluster cluster() {
        return cluster;
    }

    int agents() {
        return agents;
    }

    /** The next slot is the first. */
    void begin() throws InterruptedException {
        from = cluster.nextSlot();
        cluster.waitUntil(from);
    }

    /** Waits until so many seconds after the beginning of slot number {@code slot}, the first being 0. */
    void at(int slot, double seconds) throws InterruptedException {
        cluster.waitUntil(time(slot, seconds));
    }

    Instant time(int slot, double seconds) {
        return from.plus(cluster.timing().interval().multipliedBy(slot)).plusMillis((long) (seconds * 1000));
    }

    /** Which slot runs. */
    int slot() {
        return (int)
                Duration.between(from, Cluster.now()).dividedBy(cluster.timing().interval());
    }

    /** How many listings were asked for per slot, over slots that begin with the next one. */
    void countListings(String of, int slots) throws InterruptedException {
        int first = slot() + 1;
        at(first, 0);
        long before = cluster.cloud().listings();
        at(first + slots, 0);
        listings.put(of, (cluster.cloud().listings() - before) / (double) slots);
    }

    void note(String note) {
        notes.add(note);
    }

    void takeOver(Duration after) {
        takeOvers.add(after);
    }

    Map<String, Double> listings() {
        return listings;
    }

    List<Duration> takeOvers() {
        return takeOvers;
    }

    List<String> notes() {
        return notes;
    }

    /** Waits for the end of slot number {@code last}, and for what comes of it. */
    Window end(int last) throws InterruptedException {
        at(last + 1, 0);
        cluster.waitUntil(Cluster.now().plus(GRACE));
        Window window = new Window(from, time(last + 1, 0), cluster.timing().interval());
        Instant limit = Cluster.now().plus(LATEST);
        while (!cluster.isTold(window) && Cluster.now().isBefore(limit)) {
            cluster.waitUntil(Cluster.now().plus(GRACE));
        }
        return window;
    }
}
