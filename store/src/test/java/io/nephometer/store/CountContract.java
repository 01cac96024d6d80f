// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.InstanceVersion;
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

    private void inventory(String id, @Nullable Instant ended) {
        fixture().ledger().inventoryDesk().put(List.of(new InstanceVersion(id, ONE, ONE, "h", ONE, ended, Map.of())));
    }

    /** It would otherwise be counted anew when it is measured next. */
    @Test
    void whereCountingGoesOnOfAnInstanceStaysWhileItLives_howeverLongNobodyMeasuresIt() {
        inventory("lives", null);
        inventory("ended", TWO);
        List<UsageStep> steps = new ArrayList<>();
        for (String instance : List.of("ended", "lives", "unknown")) {
            steps.add(count(instance + "/fa:16", null, 5, 50));
            steps.add(count(instance + "/fa:17", null, 5, 50));
        }
        desk().count(TASK, FIRST, steps);
        desk().count("poll_volume_usage", FIRST, steps);
        Duration day = Duration.ofDays(1);
        fixture().clock().advance(Duration.ofDays(300));
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 1_000);
        assertThat(carries()).extracting(UsageCarry::subject).containsExactly("lives/fa:16", "lives/fa:17");
        assertThat(counted(FIRST)).isEmpty();
        inventory("lives", THREE);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 1_000);
        assertThat(carries()).isEmpty();
    }

    /** More than are looked at in one go, with the ends of periods and tasks between them. */
    @Test
    void whatLivesDoesNotHideWhatIsOldBehindIt_andARunHasItsBound() {
        List<UsageStep> living = new ArrayList<>();
        List<UsageStep> dead = new ArrayList<>();
        inventory("lives", null);
        for (int i = 0; i < 700; i++) {
            living.add(count("lives/" + (1_000 + i), null, 5, 50));
            dead.add(count("unknown-" + i + "/x", null, 5, 50));
        }
        desk().count(TASK, FIRST, living);
        desk().count("poll_volume_usage", FIRST, living);
        desk().count(TASK, SECOND, dead);
        Duration day = Duration.ofDays(1);
        fixture().clock().advance(Duration.ofDays(300));
        assertThat(fixture()
                        .ledger()
                        .retain(new RetentionPolicy(day, day, day), 300)
                        .complete())
                .isFalse();
        assertThat(carries()).hasSize(700 + 400);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 10_000);
        assertThat(carries()).hasSize(700).allSatisfy(one -> assertThat(one.subject())
                .startsWith("lives/"));
    }

    /** Ten thousand at a time. */
    @Test
    void whatLivesIsLookedAtInTurns() {
        inventory("lives", null);
        List<UsageStep> living = new ArrayList<>();
        for (int i = 0; i < 10_200; i++) {
            living.add(count("lives/" + (100_000 + i), null, 5, 50));
        }
        desk().count(TASK, FIRST, living);
        desk().count(TASK, SECOND, List.of(count("unknown/x", null, 5, 50)));
        Duration day = Duration.ofDays(1);
        fixture().clock().advance(Duration.ofDays(300));
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 50_000);
        assertThat(carries()).hasSize(10_201);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 50_000);
        assertThat(carries()).hasSize(10_200);
        inventory("lives", THREE);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 50_000);
        fixture().ledger().retain(new RetentionPolicy(day, day, day), 50_000);
        assertThat(carries()).isEmpty();
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
