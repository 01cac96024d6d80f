// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The traffic of instances that {@code exists} carries along, as Nova's did. */
@FunctionalInterface
public interface Bandwidth {
    /** There is none: events have no such field. */
    Bandwidth NONE = _ -> Optional.of(Traffic.UNTOLD);

    /**
     * What was counted in a period; empty if it is to be waited for.
     *
     * @throws AuditException if nobody answers
     */
    Optional<Traffic> of(Period period) throws AuditException;

    /**
     * The traffic of a period.
     *
     * @param byInstance the value of the field {@code bandwidth}: by MAC address {@code bw_in} and {@code bw_out}; null: events have no such
     *     field
     */
    record Traffic(@Nullable Map<String, Map<String, Map<String, Long>>> byInstance) {
        static final Traffic UNTOLD = new Traffic(null);

        /** Of an instance; null as above. */
        @Nullable Map<String, Map<String, Long>> of(String instance) {
            return byInstance == null ? null : byInstance.getOrDefault(instance, Map.of());
        }
    }
}
