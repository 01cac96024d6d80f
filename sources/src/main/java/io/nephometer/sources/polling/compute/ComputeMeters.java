// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every pollster of a compute agent. */
public final class ComputeMeters {
    private static final List<Pollster> ALL = all();

    private ComputeMeters() {}

    private static List<Pollster> all() {
        List<Pollster> all = new ArrayList<>(InstanceMeters.all());
        all.addAll(DiskMeters.all());
        all.addAll(NetworkMeters.all());
        all.addAll(HostMeters.all());
        return Collections.unmodifiableList(all);
    }

    static List<Pollster> pollsters() {
        return ALL;
    }

    /** The names that patterns of {@code polling.yaml} are matched with. */
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        ALL.forEach(pollster -> names.add(pollster.name()));
        return names;
    }
}
