// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

/**
 * Figures of a {@link LibvirtInspector}, for metrics.
 *
 * @param attempts how often a connection was tried
 * @param connections how often one was opened
 * @param hanging calls that were left behind and have not come back
 * @param timeouts calls that were left behind since the beginning
 * @param statisticsCalls calls for statistics: one per inspection, unless the hypervisor refuses all domains at once
 * @param descriptionsRead domain XML that was read
 */
public record LibvirtStatus(
        long attempts, long connections, int hanging, long timeouts, long statisticsCalls, long descriptionsRead) {}
