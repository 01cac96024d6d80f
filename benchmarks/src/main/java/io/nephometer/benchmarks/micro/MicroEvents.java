// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import picocli.CommandLine.Command;

/** {@code jmh-events}. */
@Command(name = "jmh-events", description = "From a notification to an event, beside Jackson's tree parse alone.")
public final class MicroEvents extends MicroBenchmark {
    public MicroEvents() {
        super(EventsJmh.class, "convert", Limit.JACKSON);
    }
}
