// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.config.Between;
import io.nephometer.runtime.config.ByteSize;
import io.nephometer.runtime.config.Default;
import io.nephometer.runtime.config.Doc;
import java.time.Duration;
import java.util.Map;

/** Bounds of requests to OpenStack's services. */
public record ApiSettings(
        @Doc("How long to wait for a connection.") @Default("5s") @Between(min = "1ms", max = "10m")
        Duration connectTimeout,

        @Doc("How long to wait for the beginning of an answer.") @Default("90s") @Between(min = "1ms", max = "1h")
        Duration responseTimeout,

        @Doc("How long the whole body of an answer may take.") @Default("2m") @Between(min = "1ms", max = "1h")
        Duration bodyTimeout,

        @Doc("How often a request is sent at most, if the service is busy or out of reach.")
        @Default("4")
        @Between(min = "1", max = "100")
        int attempts,

        @Doc("Wait before the second attempt; doubled before each further one, less a random part of up to a half.")
        @Default("500ms")
        @Between(min = "1ms", max = "10m")
        Duration firstPause,

        @Doc("Longest wait before an attempt. A service that asks for more by Retry-After is not asked again.")
        @Default("30s")
        @Between(min = "1ms", max = "1h")
        Duration longestPause,

        @Doc("Largest body of an answer, after decompression.") @Default("256MiB") @Between(min = "1kB")
        ByteSize largestAnswer,

        @Doc("How long a request may wait for its service's budget before it fails.")
        @Default("30s")
        @Between(min = "0s", max = "1h")
        Duration budgetWait,

        @Doc("Requests that a service gets from this process at most.")
        ApiBudget budget,

        @Doc("Another budget for a service, by its type in the catalog: compute, image, identity, …") @Default("{}")
        Map<String, ApiBudget> budgets) {
    public ApiSettings {
        budgets = Map.copyOf(budgets);
    }

    public static ApiSettings defaults() {
        return new ApiSettings(
                Duration.ofSeconds(5),
                // Nova waits 60 s for a cell that is down, and answers then.
                Duration.ofSeconds(90),
                Duration.ofMinutes(2),
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                new ByteSize(256L << 20),
                Duration.ofSeconds(30),
                ApiBudget.DEFAULT,
                Map.of());
    }

    /** The budget of one service. */
    public ApiBudget budgetOf(ServiceType service) {
        return budgets.getOrDefault(service.label(), budget);
    }
}
