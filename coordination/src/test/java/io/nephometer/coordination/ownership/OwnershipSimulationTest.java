// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dnephometer.simulation.seed=N} runs one seed again; {@code -Dnephometer.simulation.seeds=N} runs more of them. */
final class OwnershipSimulationTest {
    private static final int SEEDS = Integer.getInteger("nephometer.simulation.seeds", 1_000);

    private static void run(long seed, Flaw flaw) {
        try {
            new OwnershipSimulation(seed, flaw).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void whateverHappensOwnershipSettlesAndNobodyUsesWhatItMayNot() {
        Long one = Long.getLong("nephometer.simulation.seed");
        if (one != null) {
            run(one, Flaw.NONE);
            return;
        }
        LongStream.range(0, SEEDS).forEach(seed -> run(seed, Flaw.NONE));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawIsFound(Flaw flaw) {
        assertThat(LongStream.range(0, SEEDS).anyMatch(seed -> isFound(seed, flaw)))
                .isTrue();
    }

    private static boolean isFound(long seed, Flaw flaw) {
        try {
            run(seed, flaw);
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }

    @Test
    void aSeedIsAlwaysTheSameRun() {
        assertThat(LongStream.range(0, 50).boxed().map(seed -> message(seed)).toList())
                .isEqualTo(LongStream.range(0, 50)
                        .boxed()
                        .map(seed -> message(seed))
                        .toList());
    }

    private static String message(long seed) {
        try {
            run(seed, Flaw.DEAF);
            return "found nothing";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
