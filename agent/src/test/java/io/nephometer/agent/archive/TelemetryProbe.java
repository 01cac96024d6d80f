// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent.archive;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Looks at the pages of a running agent, which also has them served once. */
record TelemetryProbe(int port) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** Returns when the metric, summed over its labels, has reached the value. */
    void await(Process agent, String metric, double value, long limitSeconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (read(metric) < value) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(limitSeconds)) {
                throw new IllegalStateException(metric + " did not reach " + value + ":\n" + page("/health"));
            }
            if (agent.waitFor(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the agent ended with code " + agent.exitValue());
            }
        }
        page("/health");
        page("/cache");
    }

    private double read(String metric) throws IOException, InterruptedException {
        return page("/metrics")
                .lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Empty as long as nothing answers. */
    private String page(String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }
}
