// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.openstack.api.ServiceType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cloud of {@code clouds.yaml}.
 *
 * @param source the file
 * @param keys everything below its name
 */
record CloudText(String source, String cloud, Map<?, ?> keys) implements AccessText {
    /** Its secrets stay where they are. */
    @Override
    public String toString() {
        return source + ": " + cloud;
    }

    @Override
    public String name(AccessKey key) {
        return "clouds." + cloud + (key.isOfAuth() ? ".auth." : ".") + key.label();
    }

    /** Below {@code auth}, or beside it: both are found in the wild. */
    @Override
    public Optional<String> find(AccessKey key) {
        Map<?, ?> auth = keys.get("auth") instanceof Map<?, ?> map ? map : Map.of();
        return Stream.concat(Stream.of(key.label()), key.oldNames().stream())
                .flatMap(name -> Stream.of(scalar(auth.get(name)), scalar(keys.get(name))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String name(ServiceType service) {
        return "clouds." + cloud + "." + label(service);
    }

    @Override
    public Optional<String> find(ServiceType service) {
        return scalar(keys.get(label(service)));
    }

    private static String label(ServiceType service) {
        return service.label().replace('-', '_') + "_endpoint_override";
    }

    private static Optional<String> scalar(@Nullable Object value) {
        return value == null || value instanceof Map<?, ?> || value instanceof Iterable<?>
                ? Optional.empty()
                : Optional.of(value.toString()).filter(text -> !text.isBlank());
    }
}
