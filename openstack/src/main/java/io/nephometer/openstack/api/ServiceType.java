// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.util.List;
import java.util.Locale;

/**
 * A service of OpenStack by the types that catalogs use for it, the official one first. Two of the same types are the same service.
 *
 * @param names all types under which a catalog may list it, in the order of preference
 */
public record ServiceType(List<String> names) {
    public static final ServiceType IDENTITY = new ServiceType("identity");
    public static final ServiceType COMPUTE = new ServiceType("compute");
    public static final ServiceType IMAGE = new ServiceType("image");
    public static final ServiceType BLOCK_STORAGE =
            new ServiceType("block-storage", "volumev3", "block-store", "volume");
    public static final ServiceType NETWORK = new ServiceType("network");
    public static final ServiceType OBJECT_STORE = new ServiceType("object-store");
    public static final ServiceType METRIC = new ServiceType("metric");

    public static final ServiceType SHARED_FILE_SYSTEM = new ServiceType("shared-file-system", "sharev2");
    public static final ServiceType ALARM = new ServiceType("alarm", "alarming");

    private static final List<ServiceType> KNOWN =
            List.of(IDENTITY, COMPUTE, IMAGE, BLOCK_STORAGE, NETWORK, OBJECT_STORE, METRIC, SHARED_FILE_SYSTEM, ALARM);

    public ServiceType {
        names = List.copyOf(names);
        if (names.isEmpty() || names.getFirst().isBlank()) {
            throw new IllegalArgumentException("a service without a type");
        }
    }

    private ServiceType(String... names) {
        this(List.of(names));
    }

    /** Those that this program asks by itself. */
    public static List<ServiceType> known() {
        return KNOWN;
    }

    /** The known service of which this is a type, else one that has this type alone. */
    public static ServiceType of(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(service -> service.names.contains(lower))
                .findFirst()
                .orElseGet(() -> new ServiceType(List.of(type)));
    }

    /** The official type, also the label {@code service} of metrics: {@code compute}. */
    public String label() {
        return names.getFirst();
    }

    @Override
    public String toString() {
        return label();
    }
}
