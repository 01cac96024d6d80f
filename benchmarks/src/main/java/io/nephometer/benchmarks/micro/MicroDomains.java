// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.micro;

import picocli.CommandLine.Command;

/** {@code jmh-domains}. */
@Command(
        name = "jmh-domains",
        description = "From libvirt's memory to the counters of 100 domains, beside copying the same memory.")
public final class MicroDomains extends MicroBenchmark {
    public MicroDomains() {
        super(DomainsJmh.class, "decode", new Limit("copy", "us_per_100_domains", "speed of copying the same memory"));
    }
}
