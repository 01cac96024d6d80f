// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.Inventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What rows do not tell of the end of a period, told by an inventory that has versions, as far as it is complete. For one thread. */
final class CellPast {
    /** What a size is made of. */
    private static final List<String> SIZE = List.of(
            "memory_mb",
            "vcpus",
            "root_gb",
            "ephemeral_gb",
            "disk_gb",
            "instance_type",
            "instance_type_id",
            "instance_flavor_id");

    private final Inventory own;
    private final Period period;
    private final Instant needed;
    private final Set<String> unsure = new TreeSet<>();

    /** Instances that may have had another size, and those that may have been there before they were launched last. */
    record Unknown(Set<String> resized, Set<String> launchedAnew) {}

    CellPast(Inventory own, Period period, Instant needed) {
        this.own = own;
        this.period = period;
        this.needed = needed;
    }

    /** All that lived, ordered by id: those of the rows, and what else the inventory tells. */
    List<InstanceVersion> of(List<InstanceVersion> rows, Unknown unknown) throws AuditException {
        Set<String> asked = new HashSet<>(unknown.resized());
        asked.addAll(unknown.launchedAnew());
        Optional<Map<String, InstanceVersion>> known = asked.isEmpty() ? Optional.empty() : known(asked);
        List<InstanceVersion> instances = new ArrayList<>();
        for (InstanceVersion row : rows) {
            instances.add(unknown.resized().contains(row.id()) ? sized(row, known) : row);
        }
        for (String id : unknown.launchedAnew()) {
            if (known.isEmpty()) {
                unsure.add(id);
            } else if (known.get().containsKey(id)) {
                instances.add(known.get().get(id));
            }
        }
        instances.sort(Comparator.comparing(InstanceVersion::id));
        return instances;
    }

    /** Those of them that lived; empty if the inventory is not complete of the period. */
    private Optional<Map<String, InstanceVersion>> known(Set<String> asked) throws AuditException {
        Inventory.Window window = own.window(period, asked, needed);
        Instant from = window.place().from();
        if (from == null || from.isAfter(period.begin()) || !window.place().isCompleteUpTo(needed)) {
            return Optional.empty();
        }
        Map<String, InstanceVersion> known = new HashMap<>();
        window.instances().forEach(one -> known.put(one.id(), one));
        unsure.addAll(window.unsure());
        return Optional.of(known);
    }

    private InstanceVersion sized(InstanceVersion row, Optional<Map<String, InstanceVersion>> known) {
        InstanceVersion then = known.map(it -> it.get(row.id())).orElse(null);
        if (then == null || then.fields().get("vcpus") == null || then.fields().get("memory_mb") == null) {
            unsure.add(row.id());
            return row;
        }
        Map<String, @Nullable Object> fields = new HashMap<>(row.fields());
        SIZE.forEach(name -> fields.put(name, then.fields().get(name)));
        return new InstanceVersion(
                row.id(), row.since(), row.told(), row.host(), row.launched(), row.terminated(), fields);
    }

    /** Of which nobody knows; ordered. */
    List<String> unsure() {
        return List.copyOf(unsure);
    }
}
