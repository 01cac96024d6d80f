// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.InterfaceDescription;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Gathers one element {@code interface}. */
final class InterfaceXml {
    private @Nullable String tap;
    private @Nullable String mac;
    private @Nullable String filter;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    void read(XmlReader xml) throws XMLStreamException {
        xml.children((name, child) -> {
            switch (name) {
                case "target" -> tap = child.attribute("dev");
                case "mac" -> mac = child.attribute("address");
                case "source" -> parameter("bridge", child.attribute("bridge"));
                case "filterref" -> readFilter(child);
                case "virtualport" ->
                    child.children((inner, it) -> parameter("interfaceid", it.attribute("interfaceid")));
                default -> {
                    // Model, driver, address and the like.
                }
            }
        });
    }

    private void readFilter(XmlReader xml) throws XMLStreamException {
        filter = xml.attribute("filter");
        xml.children((name, child) -> {
            String key = child.attribute("name");
            if (name.equals("parameter") && key != null) {
                parameter(key.toLowerCase(Locale.ROOT), child.attribute("value"));
            }
        });
    }

    private void parameter(String key, @Nullable String value) {
        if (value != null) {
            parameters.put(key, value);
        }
    }

    /** Null if it has no name on the host, as those of user mode have none. */
    @Nullable InterfaceDescription description() {
        return tap == null ? null : new InterfaceDescription(tap, mac, filter, parameters);
    }
}
