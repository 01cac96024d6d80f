// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Microversion;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asking Nova itself for as long as the shared cache gives nothing: one list of the host's servers each interval, which replaces what is
 * known. Lists of changes would ask as often and see less. Flavors and images that the cache knew, or knew not to exist, are not asked
 * for, nor is Nova's version if the refresher wrote it down. Not thread-safe.
 */
final class Fallback {
    private final LocalAccess access;
    private final CacheOptions options;
    private @Nullable LocalInventory local;

    Fallback(LocalAccess access, Duration interval) {
        this.access = access;
        this.options = options(interval);
    }

    /** Whether it has begun. */
    boolean isUnderWay() {
        return local != null;
    }

    /**
     * Asks, if it is time to.
     *
     * @param known flavors and images in it need not be asked for
     * @param spoken the microversion of Nova's API; null if it has to be asked for
     */
    Refresh refresh(Sighting sighting, SharedSet known, @Nullable Microversion spoken) {
        LocalInventory asking = local;
        if (asking == null) {
            asking = access.open(options, spoken);
            asking.adopt(
                    known.servers().values(), flavors(known), known.images().known());
            local = asking;
        }
        return asking.refresh(sighting);
    }

    private static Set<Flavor> flavors(SharedSet known) {
        Set<Flavor> flavors = new HashSet<>();
        for (Instance instance : known.instances().values()) {
            Flavor flavor = instance.flavor();
            if (flavor != null) {
                flavors.add(flavor);
            }
        }
        return flavors;
    }

    private static CacheOptions options(Duration interval) {
        CacheOptions usual = CacheOptions.DEFAULTS;
        return new CacheOptions(
                true,
                interval,
                interval.dividedBy(2),
                usual.overlap(),
                usual.flavorExpiry(),
                usual.imageExpiry(),
                usual.imageExpiry(),
                usual.maxInstances(),
                usual.maxEntries(),
                usual.maxLookups());
    }

    /** What Nova told; null if it told nothing. */
    @Nullable LocalInventory told() {
        LocalInventory asking = local;
        return asking == null || asking.report().origin() == Origin.NONE ? null : asking;
    }

    void end() {
        local = null;
    }
}
