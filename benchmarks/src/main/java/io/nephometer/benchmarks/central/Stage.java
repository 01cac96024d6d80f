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
    private final Map<String, SlotLoad> loads = new LinkedHashMap<>();
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

    /** What each of the next slots costs, from middle to middle: then all is measured, and nothing is under way. */
    SlotLoad countLoad(String of, int slots) throws InterruptedException {
        double middle = cluster.timing().interval().toSeconds() / 2.0;
        int first = Cluster.now().isBefore(time(slot(), middle)) ? slot() : slot() + 1;
        at(first, middle);
        SlotLoad before = SlotLoad.until(cluster);
        at(first + slots, middle);
        SlotLoad load = SlotLoad.until(cluster).since(before, slots);
        loads.put(of, load);
        return load;
    }

    void note(String note) {
        notes.add(note);
    }

    void takeOver(Duration after) {
        takeOvers.add(after);
    }

    Map<String, SlotLoad> loads() {
        return loads;
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
