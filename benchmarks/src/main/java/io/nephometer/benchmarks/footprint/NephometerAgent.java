// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.footprint;

import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ours, started by its launcher as an operator would. */
final class NephometerAgent implements MeasuredAgent {
    private static final double BYTES_PER_MIB = 1 << 20;

    private final Path launcher;
    private final List<String> jvmOptions;
    private final int port = FreePorts.next();

    /**
     * @param launcher of the archive for hypervisors, or another one
     * @param jvmOptions put after those of the launcher
     */
    NephometerAgent(Path launcher, List<String> jvmOptions) {
        this.launcher = launcher;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    @Override
    public String name() {
        return "nephometer";
    }

    @Override
    public Process start(TestBed bed, Path scratch, int intervalSeconds) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toAbsolutePath().toString(),
                        "run",
                        "--config",
                        configuration(bed, scratch, intervalSeconds).toString(),
                        "--role",
                        "compute")
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("agent.log").toFile());
        builder.environment().put("NEPHOMETER_JAVA_OPTS", String.join(" ", jvmOptions));
        return builder.start();
    }

    private Path configuration(TestBed bed, Path scratch, int intervalSeconds) throws IOException {
        Path polling = Files.writeString(scratch.resolve("polling.yaml"), """
                sources:
                  - name: all
                    interval: %d
                    meters: ["*"]
                """.formatted(intervalSeconds));
        return Files.writeString(scratch.resolve("nephometer.yaml"), """
                openstack:
                  access: {auth_url: "%s", username: telemetry, password: simulated, project_name: service}
                compute:
                  host: %s
                  libvirt_uri: "%s"
                  polling: %s
                  publish: {url: "amqp://%s", spool: %s}
                telemetry: {port: %d}
                """.formatted(
                        bed.cloud().authUrl(),
                        bed.host(),
                        bed.libvirtUri(),
                        polling,
                        bed.brokerAddress(),
                        scratch.resolve("spool"),
                        port));
    }

    @Override
    public Map<String, Object> figures(ProcessTree tree) throws Exception {
        String page = metrics();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("heap_used_mib", sum(page, "jvm_memory_used_bytes{area=\"heap\"") / BYTES_PER_MIB);
        figures.put("heap_committed_mib", sum(page, "jvm_memory_committed_bytes{area=\"heap\"") / BYTES_PER_MIB);
        figures.put("classes", sum(page, "jvm_classes_loaded_classes"));
        figures.put("threads", sum(page, "jvm_threads_live_threads"));
        figures.put("slots", sum(page, "nephometer_polling_cycles_seconds_count"));
        figures.put("slots_missed", sum(page, "nephometer_polling_missed_total"));
        figures.put("samples", sum(page, "nephometer_polling_samples_total"));
        return figures;
    }

    private String metrics() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static double sum(String page, String beginning) {
        return page.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
