// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the instances of a hypervisor have of it: what their flavors say, whether they run or not, as Nova counts it. For one thread. */
final class HostUse {
    private static final int MOST_NAMES = 20;

    private final Set<String> instances = new TreeSet<>();
    private final List<String> strangers = new ArrayList<>();
    private long vcpus;
    private long memory;
    private long disk;

    void add(InstanceVersion instance) {
        instances.add(instance.id());
        vcpus += number(instance, "vcpus");
        memory += number(instance, "memory_mb");
        disk += (isOnVolume(instance) ? 0 : number(instance, "root_gb")) + number(instance, "ephemeral_gb");
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
