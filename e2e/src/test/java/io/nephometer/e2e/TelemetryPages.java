// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** What a process tells of itself over HTTP. */
record TelemetryPages(int port) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The body of a page, whatever its status. */
    String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A page of JSON. */
    Map<?, ?> json(String path) throws IOException, InterruptedException, JsonException {
        return (Map<?, ?>) Objects.requireNonNull(Json.parse(page(path)), path);
    }

    /** What the process says of one of its parts: the state and its reason. */
    String health(String part) throws IOException, InterruptedException, JsonException {
        Map<?, ?> parts = (Map<?, ?>) Objects.requireNonNull(json("/health").get("components"));
        return String.valueOf(parts.get(part));
    }

    /** The sum of a metric over all its labels. */
    double metric(String name) throws IOException, InterruptedException {
        return page("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
