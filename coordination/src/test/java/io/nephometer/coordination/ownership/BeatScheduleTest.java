// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BeatScheduleTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - SECOND;

    private final BeatSchedule schedule = new BeatSchedule(Duration.ofSeconds(30));

    private long untilNext(long now) {
        return (schedule.next() - now) / (SECOND / 10);
    }

    @Test
    void theFirstIsDueAtOnce() {
        assertThat(schedule.isDue(START)).isTrue();
    }

    @Test
    void theNextIsDueAThirdOfTheLeaseAfterTheLastBegan() {
        schedule.succeeded(START);

        assertThat(schedule.isDue(START + 10 * SECOND - 1)).isFalse();
        assertThat(schedule.isDue(START + 10 * SECOND)).isTrue();
    }

    @Test
    void afterAFailureItIsTriedSoonAndThenEverLessSoon() {
        long now = START;
        long[] waits = new long[6];
        for (int i = 0; i < waits.length; i++) {
            schedule.failed(now, now);
            waits[i] = untilNext(now);
            now = schedule.next();
        }

        assertThat(waits).containsExactly(15, 30, 60, 100, 100, 100);
        schedule.succeeded(now);
        schedule.failed(now, now);
        assertThat(untilNext(now)).isEqualTo(15);
    }

    @Test
    void aHintBringsItForwardButNotTooMuch() {
        schedule.succeeded(START);

        schedule.hint();
        schedule.hint();

        assertThat(untilNext(START)).isEqualTo(15);
    }

    @Test
    void aHintAfterAFailureChangesNothing() {
        schedule.succeeded(START);
        schedule.failed(START, START + 5 * SECOND);
        long next = schedule.next();

        schedule.hint();

        assertThat(schedule.next()).isEqualTo(next);
    }
}
