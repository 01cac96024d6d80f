// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TelemetryServerTest {
    static {
        // Read once per process: how long a request may take to arrive, and how often that is looked at.
        System.setProperty("sun.net.httpserver.maxReqTime", "1");
        System.setProperty("sun.net.httpserver.timerMillis", "100");
    }

    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Metrics metrics = new Metrics();
    private final HealthRegistry health = new HealthRegistry();
    private final TelemetryServer server = new TelemetryServer(FREE, metrics, health);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        metrics.close();
    }

    @Test
    void metricsAreServedAsPrometheusReadsThem() throws Exception {
        counter(metrics.registry()).increment(3);
        HttpResponse<String> response = get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(response.body())
                .contains("# TYPE nephometer_test_messages_total counter")
                .contains("nephometer_test_messages_total{outcome=\"new\"} 3.0")
                .contains(
                        "jvm_memory_used_bytes{",
                        "process_cpu_usage",
                        "jvm_threads_live_threads",
                        "process_uptime_seconds");
    }

    @Test
    void aPageThatAPartAddedIsServedAsJson() throws Exception {
        server.addPage("/cache", () -> Map.of("entries", 3L));
        HttpResponse<String> response = get("/cache");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(Json.parse(response.body())).isEqualTo(Map.of("entries", 3L));
        assertThat(get("/else").body()).isEqualTo("There are /metrics, /cache and /health here.\n");
    }

    @Test
    void openMetricsIsServedToWhoAsksForIt() throws Exception {
        counter(metrics.registry()).increment();
        HttpResponse<String> response = send(
                request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));
        assertThat(header(response, "Content-Type")).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(response.body()).contains("nephometer_test_messages_total{").endsWith("# EOF\n");
    }

    @Test
    void metricsBeyondTheBoundAreRefused() throws Exception {
        for (int i = 0; i < Metrics.MAX_METRICS + 100; i++) {
            metrics.registry()
                    .counter("nephometer.test.many", "id", Integer.toString(i))
                    .increment();
        }
        long series = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("nephometer_test_many"))
                .count();
        assertThat(series).isGreaterThan(9000).isLessThan(Metrics.MAX_METRICS);
    }

    @Test
    void healthListsEveryComponent() throws Exception {
        health.register("store", () -> new Health.Up("sqlite:x"));
        assertThat(get("/health").statusCode()).isEqualTo(200);
        health.register("queue", () -> new Health.Degraded("81 % full"));
        HttpResponse<String> degraded = get("/health");
        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(header(degraded, "Content-Type")).isEqualTo("application/json");
        assertThat(Json.parse(degraded.body()))
                .isEqualTo(Map.of(
                        "status",
                        "degraded",
                        "detail",
                        "queue: 81 % full",
                        "components",
                        Map.of(
                                "store", Map.of("status", "up", "detail", "sqlite:x"),
                                "queue", Map.of("status", "degraded", "detail", "81 % full"))));
        health.register("store", () -> new Health.Down("connection refused"));
        HttpResponse<String> down = get("/health");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("\"status\":\"down\"", "store: connection refused");
    }

    @Test
    void healthIsAMetricToo() throws Exception {
        health.register("queue", () -> new Health.Degraded("81 % full"));
        assertThat(get("/metrics").body()).contains("nephometer_health{component=\"queue\"} 0.5");
        health.register("queue", () -> new Health.Up("fine"));
        health.register("store", () -> new Health.Down("gone"));
        assertThat(get("/metrics").body())
                .contains("nephometer_health{component=\"queue\"} 1.0", "nephometer_health{component=\"store\"} 0.0");
    }

    @Test
    void headHasTheHeadersAlone() throws Exception {
        HttpResponse<String> head = send(request("/health").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length"))
                .isEqualTo(Integer.toString(get("/health").body().length()));
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/metricsx").statusCode()).isEqualTo(404);
        HttpResponse<String> post = send(request("/metrics").POST(BodyPublishers.ofString("x".repeat(100_000))));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void aRequestThatNeverEndsIsCutOff() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(answer.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aTakenPortIsExplained() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (TelemetryServer second = new TelemetryServer(taken, metrics, health)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(server.port()))
                    .hasMessageContaining("telemetry.port");
        }
    }

    @Test
    void closingTwiceAndBeforeTheStartIsLegal() {
        new TelemetryServer(FREE, metrics, health).close();
        server.close();
        server.close();
    }

    private static Counter counter(MeterRegistry registry) {
        return registry.counter("nephometer.test.messages", "outcome", "new");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
