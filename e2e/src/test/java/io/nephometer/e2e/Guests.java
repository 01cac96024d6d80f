// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.simulator.cloud.Server;
import io.nephometer.testkit.servers.PrivateLibvirt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes real guests, emulated, for servers that a simulated Nova has, described as Nova describes them. */
final class Guests {
    private static final int DISK_BYTES = 1 << 20;

    private final PrivateLibvirt libvirt;
    private final String template;

    Guests(PrivateLibvirt libvirt) {
        this.libvirt = libvirt;
        try (InputStream file = Objects.requireNonNull(Guests.class.getResourceAsStream("guest.xml"))) {
            template = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(List<Server> servers) {
        servers.forEach(server -> libvirt.create(server.instanceName(), description(server)));
    }

    private String description(Server server) {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("FLAVOR_NAME", server.flavor().name()),
                Map.entry("FLAVOR_RAM", server.flavor().ram()),
                Map.entry("FLAVOR_DISK", server.flavor().disk()),
                Map.entry("FLAVOR_VCPUS", server.flavor().vcpus()),
                Map.entry("USER_ID", server.user().id()),
                Map.entry("USER_NAME", server.user().name()),
                Map.entry("PROJECT_ID", server.project().id()),
                Map.entry("PROJECT_NAME", server.project().name()),
                Map.entry("IMAGE_ID", server.image().id()),
                Map.entry("DISK_FILE", libvirt.disk(server.instanceName() + ".raw", DISK_BYTES)),
                Map.entry("TITLE", server.name()),
                Map.entry(">NAME<", ">" + server.instanceName() + "<"),
                Map.entry("UUID", server.id()));
        String xml = template;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            xml = xml.replace(value.getKey(), value.getValue().toString());
        }
        return xml;
    }
}
