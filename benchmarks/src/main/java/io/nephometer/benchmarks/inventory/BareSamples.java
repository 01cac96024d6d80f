// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bare-samples}. That the ledger is the same either way is a test, not a figure. */
@Command(
        name = "bare-samples",
        description = "Bytes on the bus per sample: without metadata, which collectors join, against full messages.")
public final class BareSamples extends MeasuringCommand {
    private static final double LEAST = 10;

    @Option(names = "--instances", defaultValue = "100", description = "Instances on the host (${DEFAULT-VALUE}).")
    private int instances;

    @Override
    protected Figures measure() throws Exception {
        MessageSizes sizes = MessageSizes.of(instances);
        double full = (double) sizes.fullBytes() / sizes.samples();
        double bare = (double) sizes.bareBytes() / sizes.samples();
        say("%d instances, %d samples in a slot", instances, sizes.samples());
        say("with metadata    %,9.1f bytes per sample, %d messages", full, sizes.fullMessages());
        say("without metadata %,9.1f bytes per sample, %d messages", bare, sizes.bareMessages());
        return new Figures(name())
                .put("instances", (long) instances)
                .put("samples", sizes.samples())
                .put("full_bytes_per_sample", full)
                .put("bare_bytes_per_sample", bare)
                .put("full_messages", (long) sizes.fullMessages())
                .put("bare_messages", (long) sizes.bareMessages())
                .ratio(full / bare, "bytes per sample of full messages, by those of bare ones")
                .goal("times fewer bytes per sample", full / bare, LEAST, true);
    }
}
