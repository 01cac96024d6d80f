// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand stories of a cluster in which much goes wrong. */
class StoryTest {
    private static final int SEEDS = 1_000;

    @Test
    void nothingIsDoubledStarvedOrLost() {
        long fenced = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Story.Outcome outcome = new Story(seed, Settings.of(Set.of())).tell();
            assertThat(outcome.violations()).as("seed " + seed).isEmpty();
            assertThat(outcome.measured()).as("seed " + seed).isPositive();
            fenced += outcome.fenced();
        }
        assertThat(fenced).as("former owners that were kept out").isPositive();
    }

    @Test
    void aStoryIsTheSameEachTimeItIsTold() {
        assertThat(new Story(7, Settings.of(Set.of())).tell()).isEqualTo(new Story(7, Settings.of(Set.of())).tell());
    }

    @ParameterizedTest
    @EnumSource
    void aDefectIsFound(Mutation mutation) {
        long seed = 0;
        while (seed < SEEDS
                && new Story(seed, Settings.of(Set.of(mutation)))
                        .tell()
                        .violations()
                        .isEmpty()) {
            seed++;
        }
        assertThat(seed).as("the first story that shows " + mutation).isLessThan(SEEDS);
    }
}
