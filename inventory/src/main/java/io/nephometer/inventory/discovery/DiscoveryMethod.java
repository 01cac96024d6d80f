// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import java.util.Locale;

/** {@code instance_discovery_method}: who decides what is measured on a host. The names are Ceilometer's. */
public enum DiscoveryMethod {
    /** Nova's list decides. */
    NAIVE,
    /** The same; Ceilometer has no difference between the two any more either. */
    WORKLOAD_PARTITIONING,
    /** The hypervisor decides: what it runs is measured. The list of Nova only adds to what is known of it. */
    LIBVIRT_METADATA;

    /** As in a configuration: {@code libvirt_metadata}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
