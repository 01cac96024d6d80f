// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.hypervisor.TestDriverFile;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the agent's AOT cache: lets it measure for some cycles, with a simulated cloud and a broker in this process and libvirt's
 * test driver in its own, and ends it in order. What it loaded and linked meanwhile is what the cache holds.
 */
final class Training {
    private static final int INSTANCES = 20;
    private static final int CYCLES = 8;
    private static final long LIMIT_S = 180;

    private final ArchiveFolder archive;
    private final Path scratch;

    Training(ArchiveFolder archive, Path scratch) {
        this.archive = archive;
        this.scratch = scratch;
    }

    /** Writes the cache. */
    void run(Path cache) throws IOException, InterruptedException {
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 1, INSTANCES));
                AcceptingBroker broker = AcceptingBroker.open()) {
            cloud.start();
            int port = FreePorts.next();
            Process agent = start(cache, configuration(cloud, broker, port));
            try {
                new TelemetryProbe(port).await(agent, "nephometer_polling_cycles_seconds_count", CYCLES, LIMIT_S);
                if (broker.messages() == 0) {
                    throw new IllegalStateException("the agent measured and sent nothing" + log());
                }
                agent.destroy();
                if (!agent.waitFor(LIMIT_S, TimeUnit.SECONDS) || !Files.exists(cache)) {
                    throw new IllegalStateException("the agent made no cache" + log());
                }
            } finally {
                agent.destroyForcibly();
            }
        }
    }

    private Process start(Path cache, Path configuration) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(archive.runtime().resolve("bin/java").toString());
        command.add("@" + archive.lib().resolve("agent.options"));
        command.add("-XX:AOTCacheOutput=" + cache);
        command.add("-jar");
        command.add(archive.program().toString());
        command.addAll(List.of("run", "--config", configuration.toString(), "--role", "compute"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("training.log").toFile())
                .start();
    }

    private String log() throws IOException {
        return ":\n" + Files.readString(scratch.resolve("training.log"));
    }

    private Path configuration(SimulatedCloud cloud, AcceptingBroker broker, int port) throws IOException {
        Path domains = Files.writeString(
                scratch.resolve("domains.xml"), TestDriverFile.of(cloud.cloud().servers()));
        Path polling = Files.writeString(scratch.resolve("polling.yaml"), """
                sources:
                  - name: training
                    interval: 1
                    meters: ["*"]
                """);
        return Files.writeString(scratch.resolve("training.yaml"), """
                openstack:
                  access: {auth_url: "%s", username: telemetry, password: simulated, project_name: service}
                compute:
                  host: %s
                  libvirt_uri: "test://%s"
                  polling: %s
                  publish: {url: "%s", spool: "%s"}
                telemetry: {port: %d}
                """.formatted(
                        cloud.authUrl(),
                        cloud.cloud().hosts().getFirst().name(),
                        domains,
                        polling,
                        broker.url(),
                        scratch.resolve("spool"),
                        port));
    }
}
