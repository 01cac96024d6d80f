// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the collectors of a run say of themselves in their metrics, summed over all of them. What one did between the last look
 * and its death is not in it. For one thread.
 */
final class CollectorFigures {
    private static final Map<String, String> NAMES = Map.of(
            "nephometer_rabbitmq_received_total", "received",
            "nephometer_rabbitmq_redelivered_total", "redelivered",
            "nephometer_messages_total{fate=\"duplicate\"", "known_already");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Long> past = new LinkedHashMap<>();
    private Map<String, Long> present = Map.of();

    /** Looks at the collector that runs. */
    void look(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(LIMIT)
                .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            present = read(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            System.err.println("cloud: the collector does not show its metrics: " + e);
        }
    }

    private static Map<String, Long> read(String page) {
        Map<String, Long> figures = new TreeMap<>();
        page.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> NAMES.forEach((metric, name) -> {
                    if (line.startsWith(metric)) {
                        figures.merge(
                                name, (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), Long::sum);
                    }
                }));
        return figures;
    }

    /** The collector is gone, and the next begins at nothing. */
    void collectorEnded() {
        present.forEach((name, value) -> past.merge(name, value, Long::sum));
        present = Map.of();
    }

    /** {@code received} from the broker, of these {@code redelivered}, and of these {@code known_already} to the ledger. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new LinkedHashMap<>();
        NAMES.values().stream().sorted().forEach(name -> sums.put(name, past.getOrDefault(name, 0L)));
        return sums;
    }
}
