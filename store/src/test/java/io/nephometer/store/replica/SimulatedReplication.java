// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.store.replica.LogPosition.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A primary and a replica whose every commit is known, asked at intervals as the router does it. Time is milliseconds. */
final class SimulatedReplication {
    static final long INTERVAL = 100;

    private final Random random;
    private final PositionRing ring = new PositionRing(512);
    /** When each commit happened; the position after commit n is n + 1. */
    private final List<Long> commits = new ArrayList<>();

    private long now;
    private int applied;
    private int lastReplayed = -1;
    private long lastTruth;
    private long largestTruth;
    private boolean writing = true;
    private int delay;
    private boolean frozen;
    private boolean away;
    private long nextPrimary;
    private long nextReplica = 37;
    /** When who was asked answers, and what; a probe takes up to a quarter of an interval. */
    private long primaryAnswers = Long.MAX_VALUE;

    private long primaryAsked;
    private long replicaAnswers = Long.MAX_VALUE;
    private int replayed;
    private long truthOfReplayed;
    private int unbroken;

    SimulatedReplication(Random random) {
        this.random = random;
    }

    void step() {
        now++;
        changeTheWorld();
        if (writing && random.nextInt(5) == 0) {
            commits.add(now);
        }
        while (!frozen && applied < commits.size() && commits.get(applied) + delay <= now) {
            applied++;
        }
        largestTruth = Math.max(largestTruth, truth());
        if (now >= nextPrimary) {
            nextPrimary += INTERVAL;
            askPrimary();
        }
        if (now >= primaryAnswers) {
            primaryAnswers = Long.MAX_VALUE;
            ring.note(new PositionRing.Entry(
                    primaryAsked, Instant.EPOCH.plusMillis(primaryAsked), new Lsn(commits.size())));
        }
        askReplica();
    }

    private void askReplica() {
        if (now >= nextReplica) {
            nextReplica += INTERVAL / 2;
            replayed = applied;
            truthOfReplayed = truth();
            replicaAnswers = now + random.nextLong(INTERVAL / 4);
        }
        if (now >= replicaAnswers) {
            replicaAnswers = Long.MAX_VALUE;
            lastReplayed = replayed;
            lastTruth = truthOfReplayed;
        }
    }

    private void changeTheWorld() {
        switch (random.nextInt(2_000)) {
            case 0 -> writing = !writing;
            case 1 -> delay = random.nextInt(1_500);
            case 2 -> delay = 0;
            case 3, 4 -> frozen = !frozen;
            case 5 -> away = !away;
            default -> {}
        }
        if (frozen && now % 8_000 == 0) {
            frozen = false;
        }
        if (away && now % 1_500 == 0) {
            away = false;
        }
        if (now % 9_000 == 0) {
            frozen = true;
            writing = true;
        }
    }

    private void askPrimary() {
        unbroken = away ? 0 : unbroken + 1;
        if (!away) {
            primaryAsked = now;
            primaryAnswers = now + random.nextLong(INTERVAL / 4);
        }
    }

    boolean hasBound() {
        return lastReplayed >= 0 && ring.newestCoveredBy(new Lsn(lastReplayed)).isPresent();
    }

    long bound() {
        return now - ring.newestCoveredBy(new Lsn(lastReplayed)).orElseThrow().nanos();
    }

    /** Since when the replica lacks something. */
    long truth() {
        return applied < commits.size() ? now - commits.get(applied) : 0;
    }

    long truthWhenAsked() {
        return lastTruth;
    }

    long largestTruth() {
        return largestTruth;
    }

    /** Whether the primary answered each time since before anything that the replica lacks. */
    boolean primaryWasAsked() {
        return unbroken * INTERVAL > lastTruth + 3 * INTERVAL;
    }
}
