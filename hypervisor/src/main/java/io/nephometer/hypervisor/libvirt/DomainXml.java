// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.InterfaceDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads a domain's XML, as libvirt gives it. */
final class DomainXml {
    /** Four megabytes are the most that libvirt's own protocol carries; a domain with a hundred disks has less than a tenth of this. */
    static final int MAX_LENGTH = 1 << 20;

    private final List<InterfaceDescription> interfaces = new ArrayList<>();
    private final Map<String, String> serials = new HashMap<>();
    private @Nullable NovaInstanceXml nova;
    private @Nullable String osType;
    private @Nullable String architecture;

    private DomainXml() {}

    /** What the XML of a domain says, with a fault if something of it is wrong or missing. */
    static Described describe(String domain, String xml) {
        DomainXml document = new DomainXml();
        try {
            document.read(xml);
        } catch (XMLStreamException | BadDescriptionException e) {
            return Described.faulty(null, domain, DomainFault.Kind.BAD_DESCRIPTION, oneLine(e));
        }
        return document.described(domain);
    }

    private Described described(String domain) {
        NovaInstanceXml found = nova;
        if (found == null) {
            return Described.faulty(
                    new DomainDescription(null, osType, architecture, interfaces, serials),
                    domain,
                    DomainFault.Kind.NOT_NOVA,
                    "its description has no metadata of Nova");
        }
        try {
            return new Described(
                    new DomainDescription(found.metadata(), osType, architecture, interfaces, serials), null);
        } catch (BadDescriptionException e) {
            return Described.faulty(
                    new DomainDescription(null, osType, architecture, interfaces, serials),
                    domain,
                    DomainFault.Kind.BAD_DESCRIPTION,
                    oneLine(e));
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    private void read(String text) throws XMLStreamException, BadDescriptionException {
        if (text.length() > MAX_LENGTH) {
            throw new BadDescriptionException(
                    "a description of " + text.length() + " characters; more than " + MAX_LENGTH + " are not read");
        }
        XmlReader xml = XmlReader.of(text);
        if (!xml.name().equals("domain")) {
            throw new BadDescriptionException("not a domain but <" + xml.name() + ">");
        }
        xml.children((name, child) -> {
            switch (name) {
                case "metadata" -> child.children(this::readMetadata);
                case "os" -> child.children(this::readOs);
                case "devices" -> child.children(this::readDevice);
                default -> {
                    // Memory, clock, features and the like.
                }
            }
        });
    }

    private void readMetadata(String name, XmlReader xml) throws XMLStreamException {
        if (NovaInstanceXml.isHere(name, xml)) {
            NovaInstanceXml instance = new NovaInstanceXml();
            instance.read(xml);
            nova = instance;
        }
    }

    private void readOs(String name, XmlReader xml) throws XMLStreamException {
        if (name.equals("type")) {
            architecture = xml.attribute("arch");
            osType = xml.text();
        }
    }

    private void readDevice(String name, XmlReader xml) throws XMLStreamException {
        if (name.equals("disk")) {
            readDisk(xml);
        }
        if (name.equals("interface")) {
            InterfaceXml device = new InterfaceXml();
            device.read(xml);
            InterfaceDescription description = device.description();
            if (description != null) {
                interfaces.add(description);
            }
        }
    }

    private void readDisk(XmlReader xml) throws XMLStreamException {
        Map<String, String> said = new HashMap<>();
        xml.children((name, child) -> {
            String device = child.attribute("dev");
            if (name.equals("target") && device != null) {
                said.put("device", device);
            } else if (name.equals("serial")) {
                said.put("serial", child.text());
            }
        });
        if (said.size() == 2) {
            serials.put(
                    said.getOrDefault("device", ""),
                    said.getOrDefault("serial", "").strip());
        }
    }
}
