// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import picocli.CommandLine.Command;

/** {@code jmh-decode}. */
@Command(
        name = "jmh-decode",
        description = "From the bytes of a message to a notification, beside Jackson's tree parse alone.")
public final class MicroDecode extends MicroBenchmark {
    public MicroDecode() {
        super(DecodeJmh.class, "decode", Limit.JACKSON);
    }
}
