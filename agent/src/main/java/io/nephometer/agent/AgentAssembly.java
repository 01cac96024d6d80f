// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import io.nephometer.app.SelfTelemetry;
import io.nephometer.app.SharedCacheSettings;
import io.nephometer.app.central.CentralAssembly;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.ComputeAssembly;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.runtime.metrics.TelemetryServer;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the process of a hypervisor together. */
final class AgentAssembly {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);

    private AgentAssembly() {}

    /**
     * All parts, not started yet.
     *
     * @param host name of this machine
     * @throws ConfigException if something that is needed is not configured
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    static Lifecycle of(AgentConfiguration config, String host) throws ConfigException, PollingDefinitionException {
        Ticker ticker = Ticker.system();
        Lifecycle lifecycle = new Lifecycle(STOP_WITHIN, ticker);
        Metrics metrics = new Metrics();
        HealthRegistry health = new HealthRegistry();
        TelemetryServer telemetry = SelfTelemetry.server(config.telemetry(), metrics, health);
        lifecycle.add("metrics", metrics);
        SelfTelemetry.addTo(lifecycle, config.telemetry(), telemetry);
        InstantSource clock = WallClock.system();
        Optional<SharedCache> shared =
                SharedCacheSettings.open(config.inventory(), config.sharedCache(), false, false, clock);
        shared.ifPresent(cache -> lifecycle.add("shared cache", cache));
        Surroundings surroundings = new Surroundings(host, metrics.registry(), health, clock, ticker);
        new ComputeAssembly(config.openstack(), config.compute(), shared.orElse(null), surroundings)
                .addTo(lifecycle, telemetry, null);
        if (shared.isPresent() && config.compute().refreshesGlobalCache()) {
            new CentralAssembly(
                            config.openstack(),
                            CentralAssembly.options(config.inventory()).ofMany(),
                            shared.get(),
                            surroundings)
                    .addTo(lifecycle);
        }
        return lifecycle;
    }
}
