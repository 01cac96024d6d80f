// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceFields;
import io.nephometer.model.InstanceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the instances of a hypervisor have of it: what their flavors say, whether they run or not, as Nova counts it. For one thread. */
final class HostUse {
    private static final int MOST_NAMES = 20;
    private static final int MIB_OF_A_GIB = 1024;
    private static final List<String> SIZES = List.of("vcpus", "memory_mb", "root_gb", "ephemeral_gb");

    private final Set<String> instances = new TreeSet<>();
    private final List<String> strangers = new ArrayList<>();
    private long vcpus;
    private long memory;
    private long disk;

    /** Adds an instance. False if it is not known how large it is: then it is there, and no more is counted of it. */
    boolean add(InstanceVersion instance) {
        instances.add(instance.id());
        if (!SIZES.stream().allMatch(size -> instance.fields().get(size) instanceof Number)) {
            return false;
        }
        vcpus += number(instance, "vcpus");
        memory += number(instance, "memory_mb");
        disk += (isOnVolume(instance) ? 0 : number(instance, "root_gb"))
                + number(instance, "ephemeral_gb")
                + swap(instance);
        return true;
    }

    /** In whole GiB of each instance, as Nova adds it up: what is less than one is none. None if it was told of another flavor. */
    private static long swap(InstanceVersion instance) {
        Object flavor = instance.fields().get("instance_type");
        boolean isOfFlavor = flavor != null && flavor.equals(instance.fields().get(InstanceFields.SWAP_OF));
        return isOfFlavor ? number(instance, InstanceFields.SWAP) / MIB_OF_A_GIB : 0;
    }

    /** What has no image of its own was started from a volume: its root disk takes nothing of the host. */
    private static boolean isOnVolume(InstanceVersion instance) {
        return "".equals(instance.fields().get("image_ref"));
    }

    private static long number(InstanceVersion instance, String field) {
        return instance.fields().get(field) instanceof Number number ? number.longValue() : 0;
    }

    /** Whether an instance is one of them. */
    boolean has(String instance) {
        return instances.contains(instance);
    }

    /** Another was found running there. */
    void found(String instance) {
        strangers.add(instance);
    }

    int count() {
        return instances.size();
    }

    long vcpus() {
        return vcpus;
    }

    /** In MiB. */
    long memory() {
        return memory;
    }

    /** In GiB. */
    long disk() {
        return disk;
    }

    /** Instances that ran there and of which the inventory says otherwise; how many, and the first of them. */
    int strangers() {
        return strangers.size();
    }

    @Nullable String names() {
        return strangers.isEmpty()
                ? null
                : String.join(
                        ", ", strangers.stream().sorted().limit(MOST_NAMES).toList());
    }
}
