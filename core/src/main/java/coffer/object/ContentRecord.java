package coffer.object;

import coffer.encryption.Encryption;
import coffer.encryption.Salt;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.BlobId;
import java.util.ArrayList;
import java.util.List;

/**
 * How {@link Content} stands in a stored record. What is not encrypted takes one byte for saying so, and no salts.
 *
 * <pre>
 * length of the tail, 1 if the extents are here, [extents], encryption, [salt of the tail if there is one], [salts]
 * </pre>
 */
final class ContentRecord {
    private ContentRecord() {}

    /**
     * Writes what a row holds.
     *
     * @param extentsInline whether the extents are in this row
     */
    static void write(RecordWriter out, Content content, boolean extentsInline) {
        out.number(content.tailBytes()).number(extentsInline ? 1 : 0);
        if (extentsInline) {
            writeExtents(out, content.extents());
        }
        content.encryption().write(out);
        if (!content.encryption().isNone()) {
            if (content.tailBytes() > 0) {
                content.tailSalt().write(out);
            }
            if (extentsInline) {
                writeSalts(out, content.extents());
            }
        }
    }

    /**
     * What a row holds.
     *
     * @param complete whether the extents are among it
     */
    record Decoded(Content content, boolean complete) {}

    /**
     * Reads what {@link #write} wrote.
     *
     * @param first whether the record is of a time when nothing was encrypted
     */
    static Decoded read(RecordReader in, boolean first) {
        long tailBytes = in.number();
        boolean extentsInline = in.number() == 1;
        List<Extent> extents = extentsInline ? readExtents(in) : List.of();
        Encryption encryption = first ? new Encryption.None() : Encryption.read(in);
        Salt tailSalt = encryption.isNone() || tailBytes == 0 ? Salt.NONE : Salt.read(in);
        List<Extent> salted = encryption.isNone() || !extentsInline ? extents : readSalts(in, extents);
        return new Decoded(new Content(salted, tailBytes, tailSalt, encryption), extentsInline);
    }

    static void writeExtents(RecordWriter out, List<Extent> extents) {
        out.number(extents.size());
        for (Extent extent : extents) {
            out.number(extent.blob().value()).number(extent.lengthBytes());
        }
    }

    static List<Extent> readExtents(RecordReader in) {
        int size = in.count();
        List<Extent> extents = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            extents.add(new Extent(new BlobId(in.number()), in.number(), Salt.NONE));
        }
        return extents;
    }

    static void writeSalts(RecordWriter out, List<Extent> extents) {
        extents.forEach(extent -> extent.salt().write(out));
    }

    /** The extents with the salts that follow them. */
    static List<Extent> readSalts(RecordReader in, List<Extent> extents) {
        return extents.stream()
                .map(extent -> new Extent(extent.blob(), extent.lengthBytes(), Salt.read(in)))
                .toList();
    }
}
