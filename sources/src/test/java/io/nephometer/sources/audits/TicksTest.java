// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static final Instant T = Instant.parse("2026-11-22T01:00:00Z");
    private final Ticks ticks = new Ticks(Duration.ofMinutes(5));

    private static Period tick(int number) {
        return new Period(T.plusSeconds(300L * number), T.plusSeconds(300L * (number + 1)));
    }

    @Test
    void theSameForEverybody_andOverAtTheirEnd() {
        assertThat(ticks.lastCompleted(T)).isEqualTo(tick(-1));
        assertThat(ticks.lastCompleted(T.minusNanos(1))).isEqualTo(tick(-2));
        assertThat(ticks.lastCompleted(T.plusSeconds(299).plusNanos(999_999_999)))
                .isEqualTo(tick(-1));
        assertThat(ticks.lastCompleted(T.plusSeconds(300))).isEqualTo(tick(0));
    }

    @Test
    void completedOnesAreTheLatest_oldestFirst() {
        Instant end = T.plusSeconds(300);
        assertThat(ticks.completed(end, T.plusSeconds(950), 10)).containsExactly(tick(0), tick(1), tick(2));
        assertThat(ticks.completed(end.plusNanos(1), T.plusSeconds(950), 10)).containsExactly(tick(1), tick(2));
        assertThat(ticks.completed(end, T.plusSeconds(950), 2)).containsExactly(tick(1), tick(2));
        assertThat(ticks.completed(end, T.plusSeconds(299), 2)).containsExactly(tick(-1));
    }

    @Test
    void ofWholeSecondsAtLeastOne() {
        assertThatThrownBy(() -> new Ticks(Duration.ofMillis(1_500))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ticks(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
