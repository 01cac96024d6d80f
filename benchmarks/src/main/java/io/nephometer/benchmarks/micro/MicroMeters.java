// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import picocli.CommandLine.Command;

/** {@code jmh-meters}. */
@Command(name = "jmh-meters", description = "From a notification to its samples, beside Jackson's tree parse alone.")
public final class MicroMeters extends MicroBenchmark {
    public MicroMeters() {
        super(MetersJmh.class, "derive", Limit.JACKSON);
    }
}
