// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a document, element by element, without a tree. Refuses document type declarations, and so entities of the
 * document's own and anything outside it.
 */
final class XmlReader {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    private XmlReader(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("a document that refers to another one: " + systemId);
        });
        return factory;
    }

    /** Stands at the root of the document afterwards. */
    static XmlReader of(String text) throws XMLStreamException {
        XmlReader xml = new XmlReader(FACTORY.createXMLStreamReader(new StringReader(text)));
        while (xml.reader.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.reader.getEventType() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type declaration", xml.reader.getLocation());
            }
        }
        return xml;
    }

    /** What is done with a child; consumes it to its end, or leaves it untouched. */
    @FunctionalInterface
    interface Child {
        void read(String name, XmlReader xml) throws XMLStreamException;
    }

    /** Hands each child of the current element to {@code each}, and stands at the element's end afterwards. */
    void children(Child each) throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                each.read(reader.getLocalName(), this);
                skipRest();
            }
        }
    }

    /** Goes to the end of the current element, if it was not read. */
    private void skipRest() throws XMLStreamException {
        if (reader.getEventType() == XMLStreamConstants.END_ELEMENT) {
            return;
        }
        int depth = 1;
        while (depth > 0) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {
                    // Text, comments and instructions do not nest.
                }
            }
        }
    }

    String name() {
        return reader.getLocalName();
    }

    String namespace() {
        String namespace = reader.getNamespaceURI();
        return namespace == null ? "" : namespace;
    }

    @Nullable String attribute(String name) {
        return reader.getAttributeValue(null, name);
    }

    /** The text of the current element, which has no children; stands at its end afterwards. */
    String text() throws XMLStreamException {
        return reader.getElementText().strip();
    }
}
