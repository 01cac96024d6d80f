// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cluster-simulation}. */
@Command(
        name = "cluster-simulation",
        description =
                "Stories of a cluster of central agents in which much goes wrong: slots that were doubled, starved or lost.")
public final class ClusterSimulation extends MeasuringCommand {
    private static final int STEP = 1_000;

    @Option(names = "--seeds", defaultValue = "10000", description = "How many stories (${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--story", paramLabel = "SEED", description = "Tell this one story instead, line by line.")
    private @Nullable Long told;

    @Option(names = "--mutation", description = "Put a defect in: ${COMPLETION-CANDIDATES}.")
    private @Nullable Mutation mutation;

    @Override
    protected Figures measure() {
        Settings settings = Settings.of(mutation == null ? Set.of() : Set.of(mutation));
        return told == null ? count(settings) : tell(settings, told);
    }

    private Figures tell(Settings settings, long seed) {
        Story.Outcome outcome = new Story(seed, settings).tell();
        outcome.story().forEach(line -> say("%s", line));
        outcome.violations().forEach(line -> say("VIOLATION  %s", line));
        return new Figures(name())
                .put("seed", seed)
                .put("measured", outcome.measured())
                .put("missing", outcome.missing())
                .goal("violations", outcome.violations().size(), 0, false);
    }

    private Figures count(Settings settings) {
        long bad = 0;
        long measured = 0;
        long missing = 0;
        long fenced = 0;
        for (long seed = 0; seed < seeds; seed++) {
            Story.Outcome outcome = new Story(seed, settings).tell();
            measured += outcome.measured();
            missing += outcome.missing();
            fenced += outcome.fenced();
            if (!outcome.violations().isEmpty()) {
                bad++;
                say("seed %d: %s", seed, outcome.violations().getFirst());
            }
            if ((seed + 1) % STEP == 0) {
                say("%,d stories, %,d with violations", seed + 1, bad);
            }
        }
        return new Figures(name())
                .put("stories", (long) seeds)
                .put("slots_measured", measured)
                .put("slots_missing_with_reason", missing)
                .put("deliveries_of_former_owners_refused", fenced)
                .goal("stories with violations", (double) bad, 0, false);
    }
}
