// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param product the command that is {@code nephometer}
 * @param folder where everything is written
 * @param store the address of the ledger, with its password
 * @param openstack the section of the configuration that says which cloud
 * @param amqp a broker, with its password
 * @param host as Nova calls it
 * @param libvirt address of its hypervisor
 * @param virsh the command that asks the hypervisor beside the agent
 * @param interval of a slot
 * @param slots how many are compared
 * @param novaLog what nova-api writes of requests; null if it cannot be read
 */
record ComputePlan(
        List<String> product,
        Path folder,
        String store,
        String openstack,
        String amqp,
        String host,
        String libvirt,
        String virsh,
        Duration interval,
        int slots,
        @Nullable Path novaLog) {
    static final String SOURCE = "proof";

    ComputePlan {
        product = List.copyOf(product);
        if (slots < 1) {
            throw new IllegalArgumentException("at least one slot, not " + slots);
        }
    }
}
