// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.Discovered;
import io.nephometer.sources.polling.central.ValueSink;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of the pools of Cinder's back ends. */
final class PoolMeters {
    private static final String PROVISIONED = "provisioned_capacity_gb";
    private static final double PER_CENT = 100.0;

    private PoolMeters() {}

    static List<CentralPollster> all() {
        return List.of(
                of("total", ListedPollster.Volume.attribute("total_capacity_gb")),
                of("free", ListedPollster.Volume.attribute("free_capacity_gb")),
                of("allocated", ListedPollster.Volume.attribute("allocated_capacity_gb")),
                of("provisioned", PoolMeters::provisioned),
                of("virtual_free", PoolMeters::virtualFree));
    }

    private static ListedPollster of(String name, ListedPollster.Volume volume) {
        return new ListedPollster(
                ListedPollster.gauge("volume.provider.pool.capacity." + name, "GiB"),
                CloudDiscovery.POOLS,
                volume,
                "",
                "",
                Metadata.attributes("pool_name"));
    }

    /** Back ends that do not count what they promised say nothing, or 0. */
    private static @Nullable Number provisioned(Discovered pool, ValueSink to) {
        Number value = ListedPollster.Volume.optional(PROVISIONED).of(pool, to);
        return value == null || value.doubleValue() == 0 ? null : value;
    }

    /** What may still be promised, with what thin pools may promise beyond what they have. */
    private static @Nullable Number virtualFree(Discovered pool, ValueSink to) {
        Map<String, @Nullable Object> says = pool.attributes();
        Double provisioned = number(says.get(PROVISIONED));
        Double total = number(says.get("total_capacity_gb"));
        if (provisioned == null || provisioned == 0) {
            return null;
        }
        if (total == null) {
            to.tell("no_number", "total_capacity_gb is " + says.get("total_capacity_gb"));
            return null;
        }
        boolean isThin = Boolean.TRUE.equals(says.get("thin_provisioning_support"));
        Double ratio = isThin ? number(says.get("max_over_subscription_ratio")) : (Double) 1.0;
        if (ratio == null) {
            to.tell("no_number", "max_over_subscription_ratio is " + says.get("max_over_subscription_ratio"));
            return null;
        }
        Double percent = number(says.get("reserved_percentage"));
        double reserved = Math.floor((percent == null ? 0 : percent) / PER_CENT * total);
        return ratio * (total - reserved) - provisioned;
    }

    /** Ratios come as texts. */
    private static @Nullable Double number(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String text when text.matches("\\d{1,9}(\\.\\d{1,9})?") -> Double.valueOf(text);
            case null, default -> null;
        };
    }
}
