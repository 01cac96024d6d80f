// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nephometer.openstack.api.ApiCall;
import io.nephometer.openstack.api.ApiObserver;

/** Counts every request to the cloud by service, reason and outcome, with its duration. */
final class ApiMetrics implements ApiObserver {
    private final MeterRegistry registry;

    ApiMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void finished(ApiCall call) {
        Timer.builder("nephometer.api.requests")
                .description("Requests to OpenStack's services")
                .tag("service", call.service().label())
                .tag("reason", call.reason().label())
                .tag("outcome", call.outcome())
                .register(registry)
                .record(call.took());
    }
}
