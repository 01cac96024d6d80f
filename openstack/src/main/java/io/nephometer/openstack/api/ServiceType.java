// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.util.List;

/** A service of OpenStack by the types that catalogs use for it, the official one first. */
public enum ServiceType {
    IDENTITY("identity"),
    COMPUTE("compute"),
    IMAGE("image"),
    BLOCK_STORAGE("block-storage", "volumev3", "block-store", "volume"),
    NETWORK("network"),
    OBJECT_STORE("object-store"),
    METRIC("metric");

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of texts
    private final List<String> names;

    ServiceType(String... names) {
        this.names = List.of(names);
    }

    /** The official type, also the label {@code service} of metrics: {@code compute}. */
    public String label() {
        return names.getFirst();
    }

    /** All types under which a catalog may list it, in the order of preference. */
    public List<String> names() {
        return names;
    }
}
