// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

/**
 * How a compute agent measures.
 *
 * @param host Nova's name of this host, which becomes the member of each slot
 * @param stoppedInstances whether instances that do not run, shelved ones on this host among them, have their state, processors,
 *     memory and disk sizes measured: Ceilometer's {@code report_stopped_instance_metrics}
 */
public record ComputeOptions(String host, boolean stoppedInstances) {
    public ComputeOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a compute agent needs the name of its host");
        }
    }

    /** Running instances alone. */
    public static ComputeOptions of(String host) {
        return new ComputeOptions(host, false);
    }
}
