// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML as maps: an element with nothing in it is null, one with text alone is that text, any other a map of its attributes ({@code @name}),
 * its elements (a list where one comes again) and its text ({@code #text}).
 */
final class XmlTree {
    private static final int MOST_DEPTH = 200;

    private final XMLStreamReader xml;

    private XmlTree(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** The root element, under its name. */
    static Map<String, @Nullable Object> parse(byte[] text) throws XmlException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(text));
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {
                // what comes before the root says nothing
            }
            Map<String, @Nullable Object> root = new LinkedHashMap<>();
            root.put(xml.getLocalName(), new XmlTree(xml).element(0));
            while (xml.hasNext()) {
                xml.next();
            }
            return root;
        } catch (XMLStreamException e) {
            throw new XmlException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("no XML"));
        }
    }

    private @Nullable Object element(int depth) throws XMLStreamException, XmlException {
        if (depth > MOST_DEPTH) {
            throw new XmlException("nested deeper than " + MOST_DEPTH + " levels");
        }
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            content.put("@" + xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                add(content, name, element(depth + 1));
            } else if (xml.isCharacters() || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            }
        }
        return value(content, text.toString().strip());
    }

    private static @Nullable Object value(Map<String, @Nullable Object> content, String text) {
        if (content.isEmpty()) {
            return text.isEmpty() ? null : text;
        }
        if (!text.isEmpty()) {
            content.put("#text", text);
        }
        return content;
    }

    /** What comes again under a name becomes a list. */
    private static void add(Map<String, @Nullable Object> content, String name, @Nullable Object value) {
        if (!content.containsKey(name)) {
            content.put(name, value);
        } else if (content.get(name) instanceof Repeated repeated) {
            repeated.add(value);
        } else {
            Repeated repeated = new Repeated();
            repeated.add(content.get(name));
            repeated.add(value);
            content.put(name, repeated);
        }
    }

    /** Told apart from lists of elsewhere. */
    private static final class Repeated extends ArrayList<@Nullable Object> {
        private static final long serialVersionUID = 1L;
    }

    /** What is no XML, or more of it than is taken. */
    static final class XmlException extends Exception {
        private static final long serialVersionUID = 1L;

        XmlException(String message) {
            super(message);
        }
    }
}
