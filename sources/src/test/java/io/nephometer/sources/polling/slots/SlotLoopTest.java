// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Shortfall;
import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotLoopTest {
    @Test
    void measuresEachSlotOnceAtItsStart() {
        Stage stage = Stage.at("10:00:00").runUntil("10:03:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00", "10:02:00");
        assertThat(stage.afters).containsOnly(Duration.ZERO);
        assertThat(stage.missed).isEmpty();
    }

    @Test
    void samplesStandInTheirSlot() {
        SlotMeasurements first = Stage.at("10:00:00").runUntil("10:01:00").taken.getFirst();

        assertThat(first.samples().getFirst().timestamp()).isEqualTo(Stage.TEN);
        assertThat(measuredAt(first)).isEqualTo(Stage.TEN);
    }

    @Test
    void aStartInTheMiddleTakesTheRunningSlotIfEnoughIsLeft() {
        assertThat(Stage.at("10:00:45").runUntil("10:02:00").told()).containsExactly("10:00:00", "10:01:00");
    }

    @Test
    void aStartNearTheEndWaitsForTheNextSlotAndMissesNone() {
        assertThat(Stage.at("10:00:46").runUntil("10:02:00").told()).containsExactly("10:01:00");
    }

    @Test
    void eachMemberHasItsMomentAndKeepsIt() {
        SlotOptions options = SlotOptions.of("cmp7");
        Duration phase = options.phase(Stage.MINUTE);
        Stage stage = Stage.at("10:00:00").runUntil(options, run -> run.attempts.size() == 5);

        assertThat(phase).isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
        assertThat(stage.afters).hasSize(5).containsOnly(phase);
        assertThat(SlotOptions.of("cmp8").phase(Stage.MINUTE)).isNotEqualTo(phase);
    }

    @Test
    void membersAreSpreadEvenlyOverHalfOfTheInterval() {
        int[] tenths = new int[10];
        for (int i = 0; i < 5_000; i++) {
            long phase = SlotOptions.of("compute-" + i).phase(Stage.MINUTE).toMillis();
            tenths[Math.toIntExact(phase / 3_000)]++;
        }

        assertThat(IntStream.of(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void aCycleThatTakesTooLongMissesTheSlotsItCovers() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.add(stage.taking(Duration.ofSeconds(130)));
        stage.runUntil("10:04:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00 overrun", "10:02:00", "10:03:00");
        assertThat(stage.missed).containsExactly("overrun 1");
    }

    @Test
    void whatWasReadAfterTheEndOfItsSlotIsNotFilledIn() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.add(stage.answeringAfter(Duration.ofSeconds(60)));
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00 measured_late", "10:01:00");
    }

    @Test
    void whatWasReadJustBeforeTheEndCounts() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.add(stage.answeringAfter(Duration.ofMillis(59_999)));
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00");
    }

    @Test
    void aHypervisorThatComesBackInTimeIsMeasuredInTheSameSlot() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.addAll(List.of(Stage.failing(), Stage.failing()));
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00");
        assertThat(stage.attempts)
                .startsWith(Stage.TEN, Stage.TEN.plusSeconds(6), Stage.TEN.plusSeconds(12), Stage.TEN.plusSeconds(60));
    }

    @Test
    void aHypervisorThatStaysAwayMakesTheSlotMissingWithItsReason() {
        Stage stage = Stage.at("10:00:00");
        Stream.generate(Stage::failing).limit(8).forEach(stage.measuring::add);
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00 hypervisor_timeout", "10:01:00");
        assertThat(stage.attempts.get(7)).isEqualTo(Stage.TEN.plusSeconds(42));
        assertThat(stage.taken.getFirst().shortfalls())
                .containsExactly(new Shortfall("hypervisor_timeout", 0, "no answer"));
    }

    @Test
    void aDefectOfMeasuringDoesNotEndIt() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.add(() -> {
            throw new IllegalStateException("a defect");
        });
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00 failed", "10:01:00");
    }

    @Test
    void aPausedProcessTellsWhatItMissed() {
        Stage stage = Stage.at("10:00:00");
        stage.beforeWait = () -> {
            if (stage.now.equals(Stage.TEN.plusSeconds(1))) {
                stage.pass(Duration.ofSeconds(150));
            }
        };
        stage.runUntil("10:04:00");

        assertThat(stage.told())
                .containsExactly("10:00:00", "10:01:00 process_paused", "10:02:00 process_paused", "10:03:00");
        assertThat(stage.missed).containsExactly("process_paused 2");
    }

    @Test
    void aClockThatLeaptIsToldFromAPausedProcess() {
        Stage stage = Stage.at("10:00:00");
        stage.beforeWait = () -> {
            if (stage.now.equals(Stage.TEN.plusSeconds(1))) {
                stage.now = stage.now.plusSeconds(90);
            }
        };
        stage.runUntil("10:03:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00 clock_leapt", "10:02:00");
    }

    @Test
    void aClockThatWentBackALittleDoesNotMeasureASlotTwice() {
        Stage stage = Stage.at("10:00:00");
        stage.beforeWait = () -> {
            if (stage.attempts.size() == 2 && stage.now.equals(Stage.TEN.plusSeconds(61))) {
                stage.now = stage.now.minusSeconds(40);
            }
        };
        stage.runUntil("10:03:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00", "10:02:00");
    }

    @Test
    void aClockThatWentBackFarIsFollowed() {
        Stage stage = Stage.at("10:00:00");
        stage.beforeWait = () -> {
            if (stage.attempts.size() == 1) {
                stage.now = stage.now.minus(Duration.ofHours(1));
                stage.beforeWait = () -> {};
            }
        };
        stage.runUntil(new SlotOptions("cmp1", 0), run -> run.attempts.size() == 3);

        assertThat(stage.told()).containsExactly("10:00:00", "09:01:00", "09:02:00");
        assertThat(stage.missed).isEmpty();
    }

    @Test
    void ofALongAbsenceTheLatestAreToldOneByOne() {
        Stage stage = Stage.at("10:00:00");
        stage.beforeWait = () -> {
            stage.pass(Duration.ofHours(5));
            stage.beforeWait = () -> {};
        };
        stage.runUntil("15:02:00");

        List<SlotMeasurements> missing =
                stage.taken.stream().filter(SlotMeasurements::isMissing).toList();
        assertThat(missing).hasSize(100);
        assertThat(missing.getFirst().shortfalls().getFirst().detail()).contains("199 slots before this one");
        assertThat(stage.missed).containsExactly("process_paused 299");
    }

    @Test
    void aSinkThatAsksForItGetsTheSlotAgain() {
        Stage stage = Stage.at("10:00:00");
        stage.outcomes.add(new SinkOutcome.Retry("busy", Duration.ofSeconds(5)));
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00");
        assertThat(stage.lost).isEmpty();
    }

    @Test
    void whatASinkDoesNotTakeWhileTheSlotLastsIsLostAndToldLater() {
        Stage stage = Stage.at("10:00:00");
        for (int i = 0; i < 6; i++) {
            stage.outcomes.add(new SinkOutcome.Retry("busy", Duration.ofSeconds(10)));
        }
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:01:00", "10:00:00 not_taken");
        assertThat(stage.lost).containsExactly("not_taken_in_time 1");
    }

    @Test
    void whatASinkRejectsIsLostAndToldLater() {
        Stage stage = Stage.at("10:00:00");
        stage.outcomes.add(new SinkOutcome.Rejected("spool_failed", "disk full"));
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:01:00", "10:00:00 not_taken");
        assertThat(stage.lost).containsExactly("spool_failed 1");
    }

    @Test
    void onlyWhatWasMeasuredAndTakenIsDelivered() {
        Stage stage = Stage.at("10:00:00");
        stage.measuring.add(stage.answeringAfter(Duration.ofSeconds(60)));
        stage.outcomes.add(new SinkOutcome.Accepted()); // that the first is missing
        stage.outcomes.add(new SinkOutcome.Rejected("spool_failed", "disk full"));
        stage.runUntil("10:03:00");

        assertThat(stage.told()).containsExactly("10:00:00 measured_late", "10:02:00", "10:01:00 not_taken");
        assertThat(stage.delivered).isEqualTo(stage.slots(Stage.TEN.plusSeconds(120)));
    }

    @Test
    void aDefectOfTheSinkLosesOneSlotAndNotTheThread() {
        Stage stage = Stage.at("10:00:00");
        stage.onAccept = Stage.once(Stage.DEFECT);
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:01:00", "10:00:00 not_taken");
        assertThat(stage.lost).containsExactly("failed 1");
        assertThat(stage.taken.getLast().shortfalls().getFirst().detail()).contains("a defect");
    }

    @Test
    void aDefectAfterMeasuringDoesNotEndIt() {
        Stage stage = Stage.at("10:00:00");
        List<Health> healths = new ArrayList<>();
        stage.beforeWait = () -> healths.add(stage.health(true));
        stage.onMeasured = Stage.once(Stage.DEFECT);
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00", "10:01:00");
        assertThat(healths.getFirst())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("a defect"));
    }

    @Test
    void aSlotThatADefectKeptFromTheSinkIsToldAsFailed() {
        Stage stage = Stage.at("10:00:00");
        stage.outcomes.add(new SinkOutcome.Retry("busy", Duration.ofSeconds(5)));
        stage.beforeWait = Stage.once(Stage.DEFECT);
        stage.runUntil("10:02:00");

        assertThat(stage.told()).containsExactly("10:00:00 failed", "10:01:00");
        assertThat(stage.missed).containsExactly("failed 1");
    }

    @Test
    void whatIsLostIsNeitherWellNorCountedAsMeasured() {
        Stage stage = Stage.at("10:00:00");
        List<Health> healths = new ArrayList<>();
        stage.beforeWait = () -> healths.add(stage.health(true));
        stage.outcomes.add(new SinkOutcome.Rejected("spool_failed", "disk full"));
        stage.runUntil("10:01:00");

        assertThat(healths.getFirst())
                .isInstanceOfSatisfying(Health.Degraded.class, degraded -> assertThat(degraded.detail())
                        .contains("1 of 1 samples are lost"));
        assertThat(stage.afters).isEmpty();
    }

    @Test
    void aLoopThatHangsOrWhoseThreadEndedIsDown() {
        Stage stage = Stage.at("10:00:00");
        List<Health> healths = new ArrayList<>();
        stage.measuring.add(() -> {
            healths.add(stage.health(true));
            stage.pass(Duration.ofSeconds(121));
            healths.add(stage.health(true));
            return stage.now;
        });
        stage.runUntil("10:03:00");

        assertThat(healths.getFirst()).isInstanceOf(Health.Up.class);
        assertThat(healths.getLast()).isInstanceOf(Health.Down.class);
        assertThat(stage.health(true)).isInstanceOf(Health.Up.class);
        assertThat(stage.health(false)).isInstanceOf(Health.Down.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void eachSlotIsToldExactlyOnceWhateverHappens(int seed) {
        Random random = new Random(seed);
        Stage stage = new Stage(Duration.ofSeconds(10), Stage.TEN);
        for (int i = 0; i < 300; i++) {
            stage.measuring.add(somehow(stage, random));
        }
        stage.beforeWait = () -> {
            if (random.nextInt(20) == 0) {
                stage.pass(Duration.ofMillis(random.nextInt(40_000)));
            }
        };
        stage.runUntil(new SlotOptions("cmp" + seed, 0.5), run -> run.measuring.isEmpty());

        List<Instant> starts =
                stage.taken.stream().map(slot -> slot.slot().start()).toList();
        assertThat(starts).hasSizeGreaterThan(100);
        for (int i = 0; i < starts.size(); i++) {
            assertThat(starts.get(i)).isEqualTo(starts.getFirst().plusSeconds(10L * i));
        }
        assertThat(stage.taken).filteredOn(slot -> !slot.isMissing()).allSatisfy(slot -> assertThat(measuredAt(slot))
                .isBetween(slot.slot().start(), slot.slot().end().minusNanos(1)));
    }

    private static Instant measuredAt(SlotMeasurements slot) {
        return Optional.ofNullable(slot.measured()).orElseThrow().at();
    }

    private static Stage.Action somehow(Stage stage, Random random) {
        Duration time = Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 30_000 : 1_000));
        return switch (random.nextInt(6)) {
            case 0 -> Stage.failing();
            case 1 -> stage.answeringAfter(time);
            default -> stage.taking(time);
        };
    }
}
