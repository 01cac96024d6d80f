// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /metrics} (Prometheus' text, or OpenMetrics if asked for), {@code /health} (JSON; status 200, or 503 if a
 * component is down), and pages of JSON that parts add, over plain HTTP. Meant for the loopback or an internal network: there is no authentication.
 */
public final class TelemetryServer implements AutoCloseable {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Limits of the JDK's server, which knows them only as properties of the whole process: seconds and counts. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "10",
            "sun.net.httpserver.idleInterval", "30",
            "jdk.httpserver.maxConnections", "64");

    static {
        LIMITS.forEach((name, limit) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, limit);
            }
        });
    }

    private final InetSocketAddress address;
    private final Metrics metrics;
    private final HealthRegistry health;
    private final Map<String, Supplier<? extends @Nullable Object>> pages = new ConcurrentSkipListMap<>();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /**
     * A server, not listening yet.
     *
     * @param address port 0 takes a free one
     */
    public TelemetryServer(InetSocketAddress address, Metrics metrics, HealthRegistry health) {
        this.address = address;
        this.metrics = metrics;
        this.health = health;
    }

    /**
     * Adds a page, before or after the start.
     *
     * @param path such as {@code /cache}
     * @param content asked on each request, by several threads; plain values that {@link Json} writes
     */
    public void addPage(String path, Supplier<? extends @Nullable Object> content) {
        pages.put(path, content);
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if the address or port cannot be had
     */
    public synchronized void start() throws IOException {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + address + " for metrics and health (" + e.getMessage()
                            + "); change telemetry.address or telemetry.port",
                    e);
        }
        threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("telemetry-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The port listened on, after the start. */
    public synchronized int port() {
        return Objects.requireNonNull(server, "the server is not started")
                .getAddress()
                .getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            Supplier<? extends @Nullable Object> page = pages.get(path);
            if (page == null && !"/metrics".equals(path) && !"/health".equals(path)) {
                send(exchange, 404, "text/plain; charset=utf-8", "There are " + known() + " here.\n");
            } else if (!"GET".equals(method) && !"HEAD".equals(method)) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain; charset=utf-8", "Only GET and HEAD are answered here.\n");
            } else if (page != null) {
                send(exchange, 200, "application/json", Json.write(page.get()) + "\n");
            } else if ("/metrics".equals(path)) {
                metrics(exchange);
            } else {
                health(exchange);
            }
        }
    }

    private String known() {
        List<String> paths = new ArrayList<>(List.of("/metrics"));
        paths.addAll(pages.keySet());
        return String.join(", ", paths) + " and /health";
    }

    private void metrics(HttpExchange exchange) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        send(exchange, 200, type, metrics.scrape(type, health));
    }

    private void health(HttpExchange exchange) throws IOException {
        SortedMap<String, Health> components = health.read();
        Health worst = HealthRegistry.worst(components);
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        components.forEach((name, state) -> described.put(name, describe(state)));
        Map<String, @Nullable Object> body = describe(worst);
        body.put("components", described);
        send(exchange, worst instanceof Health.Down ? 503 : 200, "application/json", Json.write(body) + "\n");
    }

    private static Map<String, @Nullable Object> describe(Health health) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put(
                "status",
                switch (health) {
                    case Health.Up _ -> "up";
                    case Health.Degraded _ -> "degraded";
                    case Health.Down _ -> "down";
                });
        described.put("detail", health.detail());
        return described;
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if ("HEAD".equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Stops listening; answers being written get a second. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(1);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }
}
