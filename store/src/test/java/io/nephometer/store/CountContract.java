// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Period;
import io.nephometer.model.UsageCarry;
import io.nephometer.model.UsageCount;
import io.nephometer.model.UsageStep;
import io.nephometer.store.ledger.CountDesk;
import io.nephometer.store.ledger.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A period is counted once, and counting goes on where it ended; on every engine. */
abstract class CountContract {
    private static final String TASK = "poll_bandwidth_usage";
    private static final Instant ONE = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
    private static final Instant THREE = Instant.parse("2026-11-22T03:00:00Z");
    private static final Period FIRST = new Period(ONE, TWO);
    private static final Period SECOND = new Period(TWO, THREE);

    abstract LedgerFixture fixture();

    private CountDesk desk() {
        return fixture().ledger().counts();
    }

    private static UsageStep count(String subject, @Nullable Instant carried, long counted, long shown) {
        return new UsageStep(subject, 3, carried, Map.of("in", counted), Map.of("shown", shown));
    }

    private List<UsageCarry> carries() {
        List<UsageCarry> carries = new ArrayList<>();
        desk().carries(TASK, carries::add);
        return carries;
    }

    private List<UsageCount> counted(Period period) {
        List<UsageCount> counted = new ArrayList<>();
        desk().counted(TASK, period, 4, _ -> {
            throw new AssertionError("of another share");
        });
        desk().counted(TASK, period, 3, counted::add);
        return counted;
    }

    @Test
    void aPeriodIsCountedOnce_andTheNextGoesOnWhereItEnded() {
        assertThat(desk().count(TASK, FIRST, List.of(count("b/2", null, 7, 70), count("a/1", null, 5, 50))))
                .isEqualTo(2);
        assertThat(desk().count(TASK, FIRST, List.of(count("a/1", null, 6, 60))))
                .isZero();
        assertThat(desk().count(TASK, FIRST, List.of(count("a/1", TWO, 6, 60)))).isZero();
        assertThat(desk().count(TASK, SECOND, List.of(count("a/1", TWO, 1, 51))))
                .isOne();
        assertThat(counted(FIRST))
                .containsExactly(new UsageCount("a/1", Map.of("in", 5L)), new UsageCount("b/2", Map.of("in", 7L)));
        assertThat(counted(SECOND)).containsExactly(new UsageCount("a/1", Map.of("in", 1L)));
        assertThat(carries())
                .containsExactly(
                        new UsageCarry("a/1", THREE, Map.of("shown", 51L)),
                        new UsageCarry("b/2", TWO, Map.of("shown", 70L)));
    }

    @Test
    void whatLaterPeriodsHaveCountedIsNotCountedAgainForAnEarlierOne() {
        desk().count(TASK, SECOND, List.of(count("a/1", null, 5, 50)));
        assertThat(desk().count(TASK, FIRST, List.of(count("a/1", THREE, 5, 50))))
                .isZero();
        assertThat(desk().count(TASK, FIRST, List.of(count("a/1", null, 5, 50))))
                .isZero();
        assertThat(counted(FIRST)).isEmpty();
    }

    @Test
    void tasksDoNotMeet() {
        desk().count(TASK, FIRST, List.of(count("a/1", null, 5, 50)));
        desk().count("poll_volume_usage", FIRST, List.of(count("a/1", null, 9, 90)));
        assertThat(counted(FIRST)).containsExactly(new UsageCount("a/1", Map.of("in", 5L)));
        assertThat(desk().forget("poll_volume_usage", List.of("a/1", "a/2"))).isOne();
        assertThat(carries()).hasSize(1);
        assertThat(desk().count(TASK, FIRST, List.of())).isZero();
    }

    @Test
    void retentionTakesWhatIsOld() {
        desk().count(TASK, FIRST, List.of(count("a/1", null, 5, 50)));
        Duration day = Duration.ofDays(1);
        fixture().clock().advance(Duration.ofDays(3));
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 100);
        assertThat(carries()).hasSize(1);
        fixture().clock().advance(Duration.ofSeconds(1));
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 100);
        assertThat(carries()).isEmpty();
        assertThat(counted(FIRST)).isEmpty();
    }
}
