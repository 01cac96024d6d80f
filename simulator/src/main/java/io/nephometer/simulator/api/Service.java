// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.http.Response;
import java.time.Duration;

/** One of the services. Called by many threads. */
public interface Service {
    /** {@code keystone}, {@code nova}, {@code glance}. */
    String name();

    /** The path with names in place of ids: {@code /v2.1/servers/{id}}. */
    String template(Request request);

    QueryKind kind(Request request);

    Response answer(Request request);

    /** How long it waits for others before it answers. */
    default Duration delay(Request request) {
        return Duration.ZERO;
    }
}
