// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.NovaMetadata;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what Nova says of an instance: the element {@code instance} of one of its namespaces. What it holds beyond that is
 * passed over, since each release of Nova adds something.
 */
final class NovaInstanceXml {
    /** Nova writes the later one since 2020, the earlier one before. */
    private static final String NAMESPACE = "http://openstack.org/xmlns/libvirt/nova/";

    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> flavor = new HashMap<>();
    private final Map<String, String> extraSpecs = new LinkedHashMap<>();
    private final Map<String, String> image = new LinkedHashMap<>();

    static boolean isHere(String name, XmlReader xml) {
        String namespace = xml.namespace();
        return name.equals("instance") && (namespace.equals(NAMESPACE + "1.1") || namespace.equals(NAMESPACE + "1.0"));
    }

    void read(XmlReader xml) throws XMLStreamException {
        xml.children((name, child) -> {
            switch (name) {
                case "name", "creationTime" -> texts.put(name, child.text());
                case "flavor" -> readFlavor(child);
                case "owner" -> child.children(this::readOwner);
                case "root" -> readRoot(child);
                case "image" -> readImage(child);
                default -> {
                    // Package, ports and what later releases bring.
                }
            }
        });
    }

    private void readFlavor(XmlReader xml) throws XMLStreamException {
        put(flavor, "name", xml.attribute("name"));
        put(flavor, "id", xml.attribute("id"));
        xml.children((name, child) -> {
            switch (name) {
                case "memory", "disk", "swap", "ephemeral", "vcpus" -> flavor.put(name, child.text());
                case "extraSpecs" -> child.children((spec, it) -> named(extraSpecs, it));
                default -> {
                    // What later releases bring.
                }
            }
        });
    }

    private void readOwner(String name, XmlReader xml) throws XMLStreamException {
        put(texts, name + " id", xml.attribute("uuid"));
        put(texts, name, xml.text());
    }

    private void readRoot(XmlReader xml) {
        if ("image".equals(xml.attribute("type"))) {
            put(texts, "image id", xml.attribute("uuid"));
        }
    }

    private void readImage(XmlReader xml) throws XMLStreamException {
        put(image, "base_image_ref", xml.attribute("uuid"));
        xml.children((name, child) -> {
            switch (name) {
                case "containerFormat" -> image.put("container_format", child.text());
                case "diskFormat" -> image.put("disk_format", child.text());
                case "minDisk" -> image.put("min_disk", child.text());
                case "minRam" -> image.put("min_ram", child.text());
                case "properties" -> child.children((property, it) -> named(image, it));
                default -> {
                    // What later releases bring.
                }
            }
        });
    }

    private static void named(Map<String, String> into, XmlReader xml) throws XMLStreamException {
        String name = xml.attribute("name");
        if (name != null) {
            into.put(name, xml.text());
        }
    }

    private static void put(Map<String, String> into, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            into.put(key, value);
        }
    }

    /** @throws BadDescriptionException with the name of what is missing or wrong */
    NovaMetadata metadata() throws BadDescriptionException {
        return new NovaMetadata(
                need(texts, "name", "name"),
                created(),
                new NovaMetadata.Flavor(
                        flavor.get("id"),
                        need(flavor, "name", "flavor's name"),
                        number("vcpus"),
                        number("memory"),
                        number("disk"),
                        number("ephemeral"),
                        number("swap"),
                        extraSpecs),
                need(texts, "project id", "project"),
                texts.get("project"),
                need(texts, "user id", "user"),
                texts.get("user"),
                texts.get("image id"),
                image);
    }

    private @Nullable Instant created() throws BadDescriptionException {
        String text = texts.get("creationTime");
        try {
            return text == null ? null : LocalDateTime.parse(text, CREATED).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new BadDescriptionException("Nova's creationTime is not a time: '" + text + "'", e);
        }
    }

    private int number(String key) throws BadDescriptionException {
        String text = need(flavor, key, "flavor's " + key);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BadDescriptionException("Nova's flavor has '" + text + "' as " + key + ", which is no number", e);
        }
    }

    private static String need(Map<String, String> from, String key, String what) throws BadDescriptionException {
        String value = from.get(key);
        if (value == null || value.isEmpty()) {
            throw new BadDescriptionException("Nova's metadata lacks the " + what);
        }
        return value;
    }
}
