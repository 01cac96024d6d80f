// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.runtime.metrics.TelemetryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The metrics of every process that docs/operations.md names are there. */
class OperationsPageTest {
    private static final Pattern NAME = Pattern.compile("`((?:jvm|process|system)_[a-z_]+|nephometer_health)");

    @Test
    void everyMetricOfTheProcessThatThePageNamesIsServed() throws IOException, InterruptedException {
        List<String> named = NAME.matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .map(match -> match.group(1))
                // Appears with the first collection of garbage.
                .filter(name -> !name.startsWith("jvm_gc_pause"))
                .toList();
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(scrape()).contains(named);
    }

    private static String scrape() throws IOException, InterruptedException {
        HealthRegistry health = new HealthRegistry();
        health.register("x", () -> new Health.Up("fine"));
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Metrics metrics = new Metrics();
                TelemetryServer server = new TelemetryServer(free, metrics, health);
                HttpClient client = HttpClient.newHttpClient()) {
            server.start();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
