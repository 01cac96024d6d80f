// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import java.time.InstantSource;

/**
 * What a process gives to each of its parts.
 *
 * @param host name of this machine, shown to the administrators of what we connect to
 * @param registry where figures are kept
 * @param health where parts say how they are
 * @param clock the time of day
 * @param ticker for intervals
 */
public record Surroundings(
        String host, MeterRegistry registry, HealthRegistry health, InstantSource clock, Ticker ticker) {}
