package coffer.api;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a request document: its local name, its text, its children. Namespaces and attributes are left out, as
 * clients send any or none of them; the order of children is kept.
 *
 * @param name without prefix
 * @param content its text to the letter; empty if the element has children or nothing. Keys may begin or end in blanks
 */
public record Element(String name, String content, List<Element> children) {
    /** Deeper documents than any COS defines are refused. */
    private static final int MAX_DEPTH = 16;

    private static final XMLInputFactory FACTORY = factory();

    public Element {
        children = List.copyOf(children);
    }

    /**
     * Parses a document. DTDs and entities are refused, a byte order mark is allowed.
     *
     * @throws CosException {@code MalformedXML}
     */
    public static Element parse(byte[] document) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    if (reader.getEventType() == XMLStreamConstants.DTD) {
                        throw CosError.MALFORMED_XML.because("The XML must not have a DTD.");
                    }
                }
                Element root = read(reader, 0);
                while (reader.hasNext()) {
                    reader.next();
                }
                return root;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw CosError.MALFORMED_XML.exception();
        }
    }

    /**
     * This element, if it has this name.
     *
     * @throws CosException {@code MalformedXML}
     */
    public Element named(String expected) {
        if (!name.equals(expected)) {
            throw CosError.MALFORMED_XML.because("The element must be " + expected + ", not " + name + ".");
        }
        return this;
    }

    /** The content without outer white space, as numbers and names are read. */
    public String text() {
        return content.strip();
    }

    /** The first child of this name. */
    public Optional<Element> child(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    /** The text of the first child of this name. */
    public Optional<String> childText(String childName) {
        return child(childName).map(Element::text);
    }

    /** All children of this name, in order. */
    public List<Element> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /**
     * The text of a child that must be there.
     *
     * @throws CosException {@code MalformedXML} naming the child
     */
    public String required(String childName) {
        return childText(childName)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element " + name + " must have a child element " + childName + "."));
    }

    private static Element read(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw CosError.MALFORMED_XML.because("The XML is nested too deeply.");
        }
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        List<Element> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(read(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    return new Element(name, children.isEmpty() ? text.toString() : "", children);
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> throw CosError.MALFORMED_XML.exception();
                default -> {
                    // comments and processing instructions mean nothing to COS
                }
            }
        }
    }

    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 32);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 64);
        return factory;
    }
}
