// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.InstanceVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an instance was seen next, when nobody saw when it became so. */
final class NextVersion {
    private static final List<String> SIZE =
            List.of("memory_mb", "vcpus", "root_gb", "ephemeral_gb", "disk_gb", "instance_type", "instance_flavor_id");

    private NextVersion() {}

    /**
     * Whether what is metered, or where it was, differs. What had ended by then is on no host and in no other state for that alone.
     *
     * @param ended whether it had ended when it was seen next
     */
    static boolean differs(
            InstanceVersion version, @Nullable String host, Map<String, @Nullable Object> fields, boolean ended) {
        boolean size = SIZE.stream().anyMatch(name -> differs(version.fields().get(name), fields.get(name)));
        return size
                || (!ended
                        && (!Objects.equals(version.host(), host)
                                || differs(version.fields().get("state"), fields.get("state"))));
    }

    /** What was not known has not changed by becoming known. */
    private static boolean differs(@Nullable Object one, @Nullable Object next) {
        return one != null && next != null && !one.equals(next);
    }
}
