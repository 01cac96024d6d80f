// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.hypervisor.libvirt.LibvirtInspector;
import io.nephometer.hypervisor.libvirt.LibvirtStatus;
import java.util.function.ToDoubleFunction;

/** What the hypervisor is asked, read when somebody asks for it. */
final class HypervisorMetrics {
    private HypervisorMetrics() {}

    static void bind(MeterRegistry registry, LibvirtInspector inspector) {
        counter(registry, inspector, "nephometer.hypervisor.connections", LibvirtStatus::connections);
        counter(registry, inspector, "nephometer.hypervisor.timeouts", LibvirtStatus::timeouts);
        counter(registry, inspector, "nephometer.hypervisor.statistics.calls", LibvirtStatus::statisticsCalls);
        counter(registry, inspector, "nephometer.hypervisor.descriptions.read", LibvirtStatus::descriptionsRead);
        Gauge.builder("nephometer.hypervisor.hanging", inspector, i -> i.status()
                        .hanging())
                .description("Calls that were left behind and have not come back")
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry, LibvirtInspector inspector, String name, ToDoubleFunction<LibvirtStatus> figure) {
        FunctionCounter.builder(name, inspector, i -> figure.applyAsDouble(i.status()))
                .register(registry);
    }
}
