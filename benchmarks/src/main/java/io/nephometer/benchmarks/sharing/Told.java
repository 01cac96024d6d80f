// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.Instance;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Server;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What samples say of an instance, by whoever tells it. */
record Told(
        @Nullable String name,
        @Nullable String flavor,
        @Nullable String image,
        @Nullable String host,
        @Nullable String state,
        @Nullable String task,
        Map<String, String> metadata) {
    /** As it is in the simulated cloud. */
    static Told of(Server server) {
        Host host = server.host();
        return new Told(
                server.name(),
                server.flavor().id(),
                server.image().id(),
                host == null ? null : host.name(),
                server.vmState().text(),
                server.task(),
                server.metadata());
    }

    /** As an agent knows it. */
    static Told of(Instance instance) {
        return of(instance.server(), instance.flavor());
    }

    /** As the shared cache has it. */
    static Told of(io.nephometer.openstack.nova.Server server) {
        return of(server, server.flavor());
    }

    Told withoutFlavor() {
        return new Told(name, null, image, host, state, task, metadata);
    }

    private static Told of(io.nephometer.openstack.nova.Server server, @Nullable Flavor flavor) {
        return new Told(
                server.name(),
                flavor == null ? server.flavorId() : flavor.id(),
                server.imageId(),
                server.host(),
                server.vmState(),
                server.taskState(),
                server.metadata());
    }
}
