package coffer.bucket;

import coffer.api.CosError;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A document that says how a bucket behaves: what it is called, how it is read and how it is written. It is stored as it
 * is written.
 *
 * @param name the parameter that selects it in requests, and the suffix of its row
 * @param maxBytes longer documents are refused
 * @param tooLong how they are refused
 * @param contentType of the document
 * @param sent reads what a client sends; throws a {@link coffer.api.CosException} for a document that must not be
 * @param stored reads what was stored
 * @param write the document that says it, in UTF-8
 */
public record BucketSetting<T>(
        String name,
        int maxBytes,
        CosError tooLong,
        String contentType,
        Reader<T> sent,
        Reader<T> stored,
        Writer<T> write) {
    /** The longest XML document unless the reference says otherwise. Source: COS API reference, "PUT Bucket cors". */
    public static final int MAX_XML_BYTES = 64 * 1024;

    /** Reads a document of a bucket. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Bucket bucket, byte[] document);
    }

    /** Writes the document of a bucket. */
    @FunctionalInterface
    public interface Writer<T> {
        byte[] write(Bucket bucket, T value);
    }

    /** The same, of whose documents not all that can be stored may be sent. */
    public BucketSetting<T> sentAs(Function<Element, T> read) {
        return new BucketSetting<>(
                name,
                maxBytes,
                tooLong,
                contentType,
                (bucket, document) -> read.apply(Element.parse(document)),
                stored,
                write);
    }

    /** The same, whose documents are answered in other words than they are stored in. Not for storing any. */
    public BucketSetting<T> answeredAs(BiConsumer<T, XmlWriter> writer) {
        return new BucketSetting<>(name, maxBytes, tooLong, contentType, sent, stored, xml(writer));
    }

    private static <T> Writer<T> xml(BiConsumer<T, XmlWriter> write) {
        return (bucket, value) -> {
            XmlWriter xml = new XmlWriter();
            write.accept(value, xml);
            return xml.toBytes();
        };
    }

    /** A setting whose documents are XML. */
    public static <T> BucketSetting<T> xml(String name, Function<Element, T> read, BiConsumer<T, XmlWriter> write) {
        Reader<T> reader = (bucket, document) -> read.apply(Element.parse(document));
        return new BucketSetting<>(
                name, MAX_XML_BYTES, CosError.XML_SIZE_LIMIT, "application/xml", reader, reader, xml(write));
    }
}
