// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a compute agent of a test is configured.
 *
 * @param folder where its files are, the spool among them
 * @param broker address
 * @param host whose instances it measures, as the simulated Nova calls it
 * @param more lines of the section compute, and further sections
 * @param telemetryPort where its metrics are
 */
record AgentSetup(
        Path folder,
        SimulatedCloud cloud,
        String libvirtUri,
        String broker,
        String host,
        String more,
        int telemetryPort) {
    /** The first of the simulated hosts. */
    static final String HOST = "compute-0001";

    static final int INTERVAL_SECONDS = 2;

    AgentSetup(Path folder, SimulatedCloud cloud, String libvirtUri, String broker) {
        this(folder, cloud, libvirtUri, broker, HOST, "", FreePorts.next());
    }

    /** The same for another host, with more to say. */
    AgentSetup on(String otherHost, String moreLines) {
        return new AgentSetup(folder, cloud, libvirtUri, broker, otherHost, moreLines, FreePorts.next());
    }

    /** Writes the configuration file and polling.yaml. */
    Path write() throws IOException {
        Path polling = Files.writeString(folder.resolve("polling-" + host + ".yaml"), """
                sources:
                  - name: often
                    interval: %d
                    meters: [%s]
                """.formatted(
                        INTERVAL_SECONDS, String.join(", ", PolledSamples.METERS)));
        return Files.writeString(folder.resolve("agent-" + host + ".yaml"), """
                openstack:
                  access:
                    auth_url: %s
                    username: telemetry
                    password: simulated
                    project_name: service
                compute:
                  host: %s
                  libvirt_uri: %s
                  polling: %s
                  publish:
                    url: %s
                    spool: %s
                %s
                telemetry:
                  port: %d
                """.formatted(
                        cloud.authUrl(),
                        host,
                        libvirtUri,
                        polling,
                        broker,
                        folder.resolve("spool-" + host),
                        more,
                        telemetryPort));
    }
}
