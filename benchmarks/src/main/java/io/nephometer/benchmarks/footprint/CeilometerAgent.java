// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Ceilometer's polling agent of Debian's package {@code ceilometer-agent-compute}, with its default settings. */
final class CeilometerAgent implements MeasuredAgent {
    private static final Path PROGRAM = Path.of("/usr/bin/ceilometer-polling");
    private static final Path PACKAGE = Path.of("/usr/share/doc/ceilometer-agent-compute");

    boolean isThere() {
        return Files.isExecutable(PROGRAM) && Files.isDirectory(PACKAGE);
    }

    @Override
    public String name() {
        return "ceilometer";
    }

    @Override
    public Process start(TestBed bed, Path scratch, int intervalSeconds) throws IOException {
        Path polling = Files.writeString(scratch.resolve("ceilometer-polling.yaml"), """
                sources:
                  - name: all
                    interval: %d
                    meters: ["*"]
                """.formatted(intervalSeconds));
        Path configuration = Files.writeString(scratch.resolve("ceilometer.conf"), """
                [DEFAULT]
                transport_url = rabbit://%s
                host = %s
                libvirt_uri = %s
                [polling]
                cfg_file = %s
                [compute]
                instance_discovery_method = libvirt_metadata
                [service_credentials]
                auth_type = password
                auth_url = %s
                username = telemetry
                password = simulated
                project_name = service
                user_domain_name = Default
                project_domain_name = Default
                interface = public
                """.formatted(
                        bed.brokerAddress(),
                        bed.host(),
                        bed.libvirtUri(),
                        polling,
                        bed.cloud().authUrl()));
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--polling-namespaces",
                        "compute",
                        "--config-file",
                        configuration.toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("ceilometer.log").toFile())
                .start();
    }

    @Override
    public Map<String, Object> figures(ProcessTree tree) {
        return Map.of();
    }
}
