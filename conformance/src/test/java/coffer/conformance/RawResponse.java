package coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An answer as it travelled.
 *
 * @param status the number of the status line
 * @param reason the text after it, empty if there was none
 * @param headers in the order and spelling of the wire
 * @param body without transfer coding
 */
public record RawResponse(int status, String reason, List<Entry<String, String>> headers, byte[] body) {
    /** A copy of the list; the bytes are not copied. */
    public RawResponse {
        headers = List.copyOf(headers);
    }

    /** The first header of exactly this spelling. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equals(name))
                .map(Entry::getValue)
                .findFirst();
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** The root of the body's XML. */
    public Element xml() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError("not XML: " + text(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of the root's first child of this name. */
    public String element(String name) {
        NodeList found = xml().getElementsByTagName(name);
        if (found.getLength() == 0) {
            throw new AssertionError("no " + name + " in: " + text());
        }
        return found.item(0).getTextContent();
    }

    /** The texts of all elements of this name, in order. */
    public List<String> elements(String name) {
        NodeList found = xml().getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(node -> node.getTextContent())
                .toList();
    }

    /** The names of the root's children, in order. */
    public List<String> elementNames() {
        NodeList children = xml().getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(Element.class::isInstance)
                .map(node -> node.getNodeName())
                .toList();
    }

    /** The error code of the body, or an empty text where there is no body. */
    public String errorCode() {
        return body.length == 0 ? "" : element("Code");
    }
}
