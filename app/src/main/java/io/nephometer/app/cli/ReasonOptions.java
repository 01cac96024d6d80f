// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Failure.Kind;
import io.nephometer.model.Failure.Step;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --kind} and {@code --step}: why a message waits in recovery. */
final class ReasonOptions {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only what failed for this reason: ${COMPLETION-CANDIDATES}.")
    @Nullable Kind kind;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Only what failed in this step: ${COMPLETION-CANDIDATES}.")
    @Nullable Step step;

    boolean isGiven() {
        return kind != null || step != null;
    }
}
