// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiBudget;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.runtime.Ticker;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The same hosts without a cache ({@code resource_metadata_caching: false}): the refreshes of as many cycles, one after the other
 * without the pauses in between and without a budget, so that the requests can be counted really.
 */
record UncachedFleet(FleetCloud cloud, InstantSource clock, Ticker ticker) {
    private static final ApiBudget UNLIMITED = new ApiBudget(10_000, 100_000);
    private static final Set<CounterGroup> WANTED = EnumSet.of(CounterGroup.CPU);

    /** @param cycles how many, by host */
    void run(Map<String, Long> cycles) throws InterruptedException {
        for (Map.Entry<String, Long> host : cycles.entrySet()) {
            try (OpenStackCloud session = cloud.session(settings())) {
                LocalInventory inventory = new LocalInventory(
                        host.getKey(),
                        session.nova(),
                        session.glance(),
                        CacheOptions.DEFAULTS.withCaching(false),
                        clock,
                        ticker);
                refresh(inventory, cloud.simulated().hypervisor(host.getKey()), host.getValue());
            }
        }
    }

    private static void refresh(LocalInventory inventory, Inspector inspector, long cycles)
            throws InterruptedException {
        for (long cycle = 0; cycle < cycles; cycle++) {
            try {
                Sighting sighting = Sighting.of(inspector.inspect(WANTED), WANTED);
                if (inventory.refresh(sighting).outcome().isFailure()) {
                    throw new IllegalStateException("the simulated cloud did not answer: " + inventory.report());
                }
            } catch (HypervisorException e) {
                throw new IllegalStateException("the simulated hypervisor has no faults, and yet", e);
            }
        }
    }

    private static ApiSettings settings() {
        ApiSettings usual = ApiSettings.defaults();
        return new ApiSettings(
                usual.connectTimeout(),
                usual.responseTimeout(),
                usual.bodyTimeout(),
                usual.attempts(),
                usual.firstPause(),
                usual.longestPause(),
                usual.largestAnswer(),
                usual.budgetWait(),
                UNLIMITED,
                Map.of());
    }
}
