// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.process.Setup;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param setup with what the product is run
 * @param amqp a broker, with its password
 * @param host as Nova calls it
 * @param libvirt address of its hypervisor
 * @param virsh the command that asks the hypervisor beside the agent
 * @param interval of a slot
 * @param slots how many are compared
 * @param novaLog what nova-api writes of requests; null if it cannot be read
 */
record ComputePlan(
        Setup setup,
        String amqp,
        String host,
        String libvirt,
        String virsh,
        Duration interval,
        int slots,
        @Nullable Path novaLog) {
    static final String SOURCE = "proof";

    ComputePlan {
        if (slots < 1) {
            throw new IllegalArgumentException("at least one slot, not " + slots);
        }
    }
}
