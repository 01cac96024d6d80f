// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.replica.LogPosition.Lsn;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionRingTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static PositionRing.Entry entry(long nanos, long place) {
        return new PositionRing.Entry(nanos, NOON.plusNanos(nanos), new Lsn(place));
    }

    private static long newest(PositionRing ring, long replayed) {
        return ring.newestCoveredBy(new Lsn(replayed))
                .map(PositionRing.Entry::nanos)
                .orElse(-1L);
    }

    @Test
    void aReplicaIsAsOldAsTheNewestPositionThatItReached() {
        PositionRing ring = new PositionRing(10);
        ring.note(entry(1, 100));
        ring.note(entry(2, 200));
        assertThat(newest(ring, 99)).isEqualTo(-1);
        assertThat(newest(ring, 199)).isEqualTo(1);
        assertThat(newest(ring, 200)).isEqualTo(2);
    }

    @Test
    void ofAnIdlePrimary_theSamePositionHoldsUntilLater() {
        PositionRing ring = new PositionRing(10);
        ring.note(entry(1, 100));
        ring.note(entry(50, 100));
        assertThat(newest(ring, 100)).isEqualTo(50);
        assertThat(ring.size()).isEqualTo(1);
    }

    @Test
    void anAnswerThatWasOvertaken_changesNothing() {
        PositionRing ring = new PositionRing(10);
        ring.note(entry(5, 200));
        ring.note(entry(1, 100));
        assertThat(ring.newest()).contains(entry(5, 200));
        assertThat(newest(ring, 150)).isEqualTo(-1);
    }

    @Test
    void aFullRing_forgetsOldPositionsByHalf_andNeverSaysLess() {
        PositionRing ring = new PositionRing(8);
        for (int i = 1; i <= 1_000; i++) {
            ring.note(entry(i, i));
        }
        assertThat(ring.size()).isLessThanOrEqualTo(8);
        for (int replayed = 1; replayed <= 1_000; replayed++) {
            assertThat(newest(ring, replayed)).as("replayed up to %d", replayed).isLessThanOrEqualTo(replayed);
        }
        assertThat(newest(ring, 1)).as("the oldest of all is kept").isEqualTo(1);
        assertThat(newest(ring, 1_000)).isEqualTo(1_000);
    }

    @Test
    void afterAnotherHistoryBegan_nothingIsKnown() {
        PositionRing ring = new PositionRing(8);
        ring.note(entry(1, 1));
        ring.clear();
        assertThat(newest(ring, 1)).isEqualTo(-1);
    }

    /**
     * A primary that writes and rests, a replica that follows at once, late, or not at all, a primary that cannot be asked for a
     * while: what is said is never less than the truth, and at most two intervals more than the truth when the replica was asked, also
     * if each question takes up to a quarter of one.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theBound_isNeverBelowTheTruth_andAtMostTwoIntervalsAbove(long seed) {
        SimulatedReplication world = new SimulatedReplication(new Random(seed));
        int checked = 0;
        for (int step = 0; step < 20_000; step++) {
            world.step();
            if (world.hasBound()) {
                assertThat(world.bound()).as("step %d", step).isGreaterThanOrEqualTo(world.truth());
                if (world.primaryWasAsked()) {
                    assertThat(world.bound())
                            .as("step %d", step)
                            .isLessThanOrEqualTo(world.truthWhenAsked() + 2 * SimulatedReplication.INTERVAL);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(5_000);
        assertThat(world.largestTruth())
                .as("the replica was late at times")
                .isGreaterThan(10 * SimulatedReplication.INTERVAL);
    }
}
