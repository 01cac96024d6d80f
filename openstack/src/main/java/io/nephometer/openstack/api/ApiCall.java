// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.time.Duration;
import java.util.Optional;

/**
 * One request that is over.
 *
 * @param failure empty if the answer was as promised, or 404 to the question whether there is such a thing
 * @param attempt from 1
 * @param took from sending it until its body was read
 * @param waited for the budget, before it was sent
 * @param bytes of the body as it came, before decompression
 */
public record ApiCall(
        ServiceType service,
        Reason reason,
        Optional<ApiFailure> failure,
        int attempt,
        Duration took,
        Duration waited,
        long bytes) {
    /** As a metric label: {@code ok} or the failure. */
    public String outcome() {
        return failure.map(ApiFailure::label).orElse("ok");
    }
}
