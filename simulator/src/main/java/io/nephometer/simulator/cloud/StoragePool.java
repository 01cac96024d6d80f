// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

/**
 * A pool of a back end of Cinder. All sizes are GiB.
 *
 * @param host with back end and pool: {@code block-01@ceph#volumes}
 * @param thin whether volumes take space only as they are written
 */
public record StoragePool(
        String host,
        double total,
        double free,
        double allocated,
        double provisioned,
        boolean thin,
        long reservedPercent) {
    /** The machine that serves it. */
    public String machine() {
        return host.substring(0, host.indexOf('@'));
    }
}
