// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.rest.Fields;
import java.util.Map;
import java.util.OptionalDouble;

/** A pool as Cinder's scheduler shows it, by Cinder's own rule for what is virtually free. */
final class Pool {
    private static final String PREFIX = "volume.provider.pool.capacity.";

    private final String name;
    private final Map<?, ?> says;

    Pool(Map<?, ?> pool) {
        this.name = Fields.text(pool.get("name"));
        this.says = Fields.map(pool.get("capabilities"));
    }

    void tell(Finding to) {
        OptionalDouble total = number("total_capacity_gb");
        OptionalDouble provisioned = number("provisioned_capacity_gb");
        put(to, "total", total);
        put(to, "free", number("free_capacity_gb"));
        put(to, "allocated", number("allocated_capacity_gb"));
        if (provisioned.orElse(0) != 0) {
            put(to, "provisioned", provisioned);
            if (total.isPresent()) {
                put(to, "virtual_free", virtuallyFree(total.getAsDouble(), provisioned.getAsDouble()));
            }
        }
    }

    private OptionalDouble virtuallyFree(double total, double provisioned) {
        boolean thin = Boolean.TRUE.equals(says.get("thin_provisioning_support"));
        OptionalDouble ratio = thin ? text("max_over_subscription_ratio") : OptionalDouble.of(1);
        double reserved = Math.floor(number("reserved_percentage").orElse(0) * total / 100);
        return ratio.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ratio.getAsDouble() * (total - reserved) - provisioned);
    }

    private void put(Finding to, String what, OptionalDouble value) {
        value.ifPresent(volume -> to.put(PREFIX + what, name, volume, ""));
    }

    /** What is {@code infinite} or {@code unknown} is no number. */
    private OptionalDouble number(String field) {
        return says.get(field) instanceof Number value
                ? OptionalDouble.of(value.doubleValue())
                : OptionalDouble.empty();
    }

    private OptionalDouble text(String field) {
        String text = Fields.text(says.get(field));
        return text.matches("[0-9.]+") ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }
}
