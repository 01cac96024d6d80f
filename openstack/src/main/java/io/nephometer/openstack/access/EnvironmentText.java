// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.access;

import io.nephometer.openstack.api.ServiceType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables {@code OS_…}, as an openrc file sets them. */
record EnvironmentText(Map<String, String> variables) implements AccessText {
    @Override
    public String source() {
        return "environment";
    }

    @Override
    public String name(AccessKey key) {
        return "OS_" + key.name();
    }

    @Override
    public Optional<String> find(AccessKey key) {
        return find(name(key)).or(() -> old(key.oldNames()));
    }

    private Optional<String> old(List<String> names) {
        return names.stream()
                .map(name -> find("OS_" + name.toUpperCase(Locale.ROOT)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String name(ServiceType service) {
        return "OS_" + service.label().replace('-', '_').toUpperCase(Locale.ROOT) + "_ENDPOINT_OVERRIDE";
    }

    @Override
    public Optional<String> find(ServiceType service) {
        return find(name(service));
    }

    private Optional<String> find(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
    }
}
