// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.config.TelemetryConfig;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.runtime.metrics.TelemetryServer;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages that every process serves about itself, as configured. */
public final class SelfTelemetry {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTelemetry.class);

    private SelfTelemetry() {}

    public static TelemetryServer server(TelemetryConfig config, Metrics metrics, HealthRegistry health) {
        return new TelemetryServer(new InetSocketAddress(config.address(), config.port()), metrics, health);
    }

    /** Adds the server, unless the configuration does without. */
    public static void addTo(Lifecycle lifecycle, TelemetryConfig config, TelemetryServer server) {
        if (config.enabled()) {
            lifecycle.add(
                    "telemetry",
                    () -> {
                        server.start();
                        LOG.info("Metrics and health on http://{}:{}/", config.address(), server.port());
                    },
                    server::close);
        }
    }
}
