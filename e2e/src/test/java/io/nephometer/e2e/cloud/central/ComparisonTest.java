// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.e2e.cloud.central.Facts.Value;
import io.nephometer.e2e.cloud.central.Facts.What;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Slot SLOT = new Slot("proof", Duration.ofSeconds(30), Instant.parse("2026-11-28T15:00:00Z"));
    private static final What IMAGE = new What("image.size", "a");
    private static final Value SMALL = new Value(1024, "p");
    private static final Value LARGE = new Value(2048, "p");

    @Test
    void whatAllListingsHaveIsExpectedOnce() {
        Comparison comparison = compare(List.of(sample(1024, "p")), before(SMALL), after(SMALL));

        assertThat(comparison.isClean()).isTrue();
        assertThat(comparison.summary()).containsEntry("expected", 1L).containsEntry("found", 1L);
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(compare(List.of(), before(SMALL), after(SMALL)).summary()).containsEntry("missing", 1L);
    }

    @Test
    void whatIsThereTwiceIsDoubled() {
        Comparison comparison = compare(List.of(sample(1024, "p"), sample(1024, "p")), before(SMALL), after(SMALL));

        assertThat(comparison.isClean()).isFalse();
        assertThat(comparison.summary()).containsEntry("doubled", 1L).containsEntry("wrong", 0L);
    }

    @Test
    void anotherNumberAndAnotherProjectAreWrong() {
        assertThat(compare(List.of(sample(1025, "p")), before(SMALL), after(SMALL))
                        .summary())
                .containsEntry("wrong", 1L);
        assertThat(compare(List.of(sample(1024, "q")), before(SMALL), after(SMALL))
                        .summary())
                .containsEntry("wrong", 1L);
    }

    @Test
    void whatNoListingHasIsUnexpected() {
        Facts nothing = new Facts(SLOT.start().minusSeconds(9), SLOT.start().minusSeconds(8), Map.of());

        assertThat(compare(List.of(sample(1024, "p")), nothing).summary()).containsEntry("unexpected", 1L);
    }

    @Test
    void whatChangesWithinASlotMaySayEither() {
        assertThat(compare(List.of(sample(2048, "p")), before(SMALL), after(LARGE))
                        .isClean())
                .isTrue();
        assertThat(compare(List.of(sample(1024, "p")), before(SMALL), after(LARGE))
                        .isClean())
                .isTrue();
    }

    @Test
    void listingsOfOtherSlotsCountForNothing() {
        Facts longBefore = facts(SLOT.start().minusSeconds(60), LARGE);
        Facts longAfter = facts(SLOT.end().plusSeconds(60), LARGE);

        Comparison comparison = compare(List.of(sample(2048, "p")), longBefore, before(SMALL), after(SMALL), longAfter);

        assertThat(comparison.summary()).containsEntry("wrong", 1L);
    }

    @Test
    void nothingIsNotClean() {
        assertThat(new Comparison(List.of(before(SMALL))).isClean()).isFalse();
    }

    private static Comparison compare(List<Sample> samples, Facts... facts) {
        Comparison comparison = new Comparison(List.of(facts));
        comparison.add(SLOT, samples);
        return comparison;
    }

    private static Facts before(Value value) {
        return facts(SLOT.start().minusSeconds(3), value);
    }

    private static Facts after(Value value) {
        return facts(SLOT.end().plusSeconds(1), value);
    }

    private static Facts facts(Instant began, Value value) {
        return new Facts(began, began.plusSeconds(1), Map.of(IMAGE, value));
    }

    private static Sample sample(long volume, String project) {
        return new Sample(
                new Sample.Origin.Slotted(SLOT),
                new Meter("image.size", MeterType.GAUGE, "B"),
                volume,
                "a",
                project,
                null,
                SLOT.start(),
                Map.of());
    }
}
