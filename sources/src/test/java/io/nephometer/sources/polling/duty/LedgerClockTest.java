// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerClockTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private long nanos;
    private Instant wall = NOON;
    private final LedgerClock clock = new LedgerClock(() -> wall, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /** The ledger answers within {@code roundTrip}, what its time is in the middle of it. */
    private void hear(Instant ledger, Duration roundTrip) {
        long asked = nanos;
        pass(roundTrip);
        clock.told(ledger, asked, nanos);
    }

    @Test
    void isThisMachines_untilTheLedgerWasHeardOf() {
        pass(Duration.ofSeconds(3));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void isTheLedgers_whateverIsSetHere() {
        hear(NOON.plusSeconds(100), Duration.ZERO);
        pass(Duration.ofSeconds(5));
        wall = wall.plus(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(105));
        assertThat(clock.ahead()).isEqualTo(Duration.ofHours(1).minusSeconds(100));
    }

    @Test
    void anAnswerThatTookLong_saysLessThanAnOlderOneThatCameAtOnce() {
        hear(NOON, Duration.ofMillis(2));
        pass(Duration.ofSeconds(5));
        Instant before = clock.instant();

        long asked = nanos;
        nanos += Duration.ofSeconds(3).toNanos();
        clock.told(before.plusSeconds(2), asked, nanos); // true, but not in the middle

        assertThat(clock.instant()).isEqualTo(before.plusSeconds(3));
    }

    @Test
    void anAnswerThatCameSooner_isBetter() {
        hear(NOON.plusSeconds(1), Duration.ofSeconds(2));
        hear(NOON.plusSeconds(50), Duration.ZERO);

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(50));
    }

    @Test
    void aLedgerWhoseClockIsSet_isFollowed() {
        hear(NOON, Duration.ofMillis(2));
        hear(NOON.minus(Duration.ofMinutes(10)), Duration.ofMillis(20));

        assertThat(clock.instant()).isEqualTo(NOON.minus(Duration.ofMinutes(10)).plusMillis(10));
    }
}
