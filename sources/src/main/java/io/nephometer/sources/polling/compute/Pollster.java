// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.model.Meter;
import java.util.Set;

/**
 * Measures one meter. Its name, which patterns of {@code polling.yaml} are matched with, is that of the meter.
 *
 * @param needs what must be asked of the hypervisor for it
 * @param scope of which instances it can be had
 * @param series the values; of a derived meter, the counter that it is derived from
 * @param derivation how the values become volumes
 */
record Pollster(Meter meter, Set<CounterGroup> needs, Scope scope, Series series, Derivation derivation) {
    /** Of which instances a meter can be had. */
    enum Scope {
        /** Those that run. */
        RUNNING,
        /** Those that the hypervisor knows. */
        DEFINED,
        /** All; nothing is asked of the hypervisor. */
        KNOWN,
        /** Of none: of the machine itself. */
        HOST
    }

    Pollster {
        needs = Set.copyOf(needs);
    }

    /** A meter whose volumes are the values. */
    static Pollster direct(Meter meter, Set<CounterGroup> needs, Scope scope, Series series) {
        return new Pollster(meter, needs, scope, series, Derivation.none());
    }

    String name() {
        return meter.name();
    }
}
