// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.model.InstanceVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What rows do not tell of the end of a period, told by an inventory that has versions, as far as it is complete. */
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

    /** What else changes while an instance lives. */
    private static final List<String> STATE = List.of(
            "state",
            "state_description",
            "display_name",
            "hostname",
            "node",
            "metadata",
            "availability_zone",
            "progress");

    private final OwnVersions.Answer own;
    private final Set<String> unsure = new TreeSet<>();

    /**
     * Instances of which rows do not tell all.
     *
     * @param changed their rows were written after the period
     * @param resized they may have had another size
     * @param launchedAnew they may have been there before they were launched last
     */
    record Unknown(Set<String> changed, Set<String> resized, Set<String> launchedAnew) {
        Set<String> all() {
            Set<String> all = new HashSet<>(changed);
            all.addAll(resized);
            all.addAll(launchedAnew);
            return all;
        }
    }

    /** @param own what it says of all these */
    CellPast(OwnVersions.Answer own) {
        this.own = own;
    }

    /** All that lived, ordered by id: those of the rows, and what else the inventory tells. */
    List<InstanceVersion> of(List<InstanceVersion> rows, Unknown unknown) {
        unsure.addAll(own.unsure());
        List<InstanceVersion> instances = new ArrayList<>();
        for (InstanceVersion row : rows) {
            InstanceVersion then = own.known().get(row.id());
            boolean changed = unknown.changed().contains(row.id());
            InstanceVersion one = changed && then != null ? asThen(row, then) : row;
            instances.add(unknown.resized().contains(row.id()) ? sized(one, then) : one);
        }
        for (String id : unknown.launchedAnew()) {
            if (!own.complete()) {
                unsure.add(id);
            } else if (own.known().containsKey(id)) {
                instances.add(own.known().get(id));
            }
        }
        instances.sort(Comparator.comparing(InstanceVersion::id));
        return instances;
    }

    /** What the inventory does not know either stays as the row tells it. */
    private static InstanceVersion asThen(InstanceVersion row, InstanceVersion then) {
        Map<String, @Nullable Object> fields = new HashMap<>(row.fields());
        for (String name : STATE) {
            Object value = then.fields().get(name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new InstanceVersion(
                row.id(), row.since(), row.told(), then.host(), row.launched(), row.terminated(), fields);
    }

    private InstanceVersion sized(InstanceVersion row, @Nullable InstanceVersion then) {
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
