// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Guest;
import io.nephometer.simulator.cloud.Network;
import io.nephometer.simulator.cloud.Server;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What the XML of a domain says. */
final class Descriptions {
    private Descriptions() {}

    /** As Nova wrote it when the guest was started, before 2025.2: no id and no extra specs of the flavor. */
    static DomainDescription of(Server server, Guest guest) {
        Flavor flavor = server.flavor();
        NovaMetadata nova = new NovaMetadata(
                guest.name(),
                guest.defined().truncatedTo(ChronoUnit.SECONDS),
                new NovaMetadata.Flavor(
                        null,
                        flavor.name(),
                        flavor.vcpus(),
                        flavor.ram(),
                        flavor.disk(),
                        flavor.ephemeral(),
                        flavor.swap(),
                        Map.of()),
                server.project().id(),
                server.project().name(),
                server.user().id(),
                server.user().name(),
                server.image().id(),
                Map.of());
        return new DomainDescription(nova, "hvm", "x86_64", interfaces(server));
    }

    private static List<InterfaceDescription> interfaces(Server server) {
        return List.of(new InterfaceDescription(
                tap(server),
                Network.mac(server),
                null,
                Map.of("bridge", "brq" + Network.port(server).substring(0, 11))));
    }

    /** The name on the host: Nova cuts the port's id to what fits. */
    static String tap(Server server) {
        return "tap" + Network.port(server).substring(0, 11);
    }

    /** Of a domain that somebody else made. */
    static DomainDescription foreign() {
        return new DomainDescription(null, "hvm", "x86_64", List.of());
    }
}
