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
 * length of the tail, 1 if the extents are here, [extents], encryption, [salt of the tail if there is one], [salts],
 * [parts, if the format of the row has some and the extents are here]
 * </pre>
 */
final class ContentRecord {
    /** Formats of manifests: extents; extents and their salts; extents, whether there are salts, salts, parts. */
    private static final int PLAIN_MANIFEST = 1;

    private static final int SALTED_MANIFEST = 2;
    private static final int MANIFEST_WITH_PARTS = 3;

    private ContentRecord() {}

    /**
     * Writes what a row holds.
     *
     * @param extentsInline whether the extents are in this row
     * @param hasParts whether its format has parts, be there some or none
     */
    static void write(RecordWriter out, Content content, boolean extentsInline, boolean hasParts) {
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
        if (extentsInline && hasParts) {
            writeParts(out, content.parts());
        }
    }

    /** Writes the row that holds what another one has no room for. */
    static byte[] manifest(Content content) {
        boolean salted = !content.encryption().isNone();
        RecordWriter out = new RecordWriter(
                content.parts().isEmpty() ? (salted ? SALTED_MANIFEST : PLAIN_MANIFEST) : MANIFEST_WITH_PARTS);
        writeExtents(out, content.extents());
        if (!content.parts().isEmpty()) {
            out.number(salted ? 1 : 0);
        }
        if (salted) {
            writeSalts(out, content.extents());
        }
        if (!content.parts().isEmpty()) {
            writeParts(out, content.parts());
        }
        return out.toBytes();
    }

    /** The content with what {@link #manifest} wrote of it. */
    static Content withManifest(Content content, byte[] manifest) {
        RecordReader in = new RecordReader(manifest, MANIFEST_WITH_PARTS);
        List<Extent> extents = readExtents(in);
        boolean hasParts = in.format() == MANIFEST_WITH_PARTS;
        boolean salted = hasParts ? in.number() == 1 : in.format() == SALTED_MANIFEST;
        Content complete = content.with(salted ? readSalts(in, extents) : extents);
        return hasParts ? complete.withParts(readParts(in)) : complete;
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
     * @param hasParts whether there are parts
     */
    static Decoded read(RecordReader in, boolean first, boolean hasParts) {
        long tailBytes = in.number();
        boolean extentsInline = in.number() == 1;
        List<Extent> extents = extentsInline ? readExtents(in) : List.of();
        Encryption encryption = first ? new Encryption.None() : Encryption.read(in);
        Salt tailSalt = encryption.isNone() || tailBytes == 0 ? Salt.NONE : Salt.read(in);
        List<Extent> salted = encryption.isNone() || !extentsInline ? extents : readSalts(in, extents);
        List<ObjectPart> parts = hasParts && extentsInline ? readParts(in) : List.of();
        return new Decoded(new Content(salted, tailBytes, tailSalt, encryption, parts), extentsInline);
    }

    private static void writeParts(RecordWriter out, List<ObjectPart> parts) {
        out.number(parts.size());
        for (ObjectPart part : parts) {
            out.number(part.number()).number(part.sizeBytes()).optionalText(part.checksum());
        }
    }

    private static List<ObjectPart> readParts(RecordReader in) {
        int size = in.count();
        List<ObjectPart> parts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            parts.add(new ObjectPart((int) in.number(), in.number(), in.optionalText()));
        }
        return parts;
    }

    private static void writeExtents(RecordWriter out, List<Extent> extents) {
        out.number(extents.size());
        for (Extent extent : extents) {
            out.number(extent.blob().value()).number(extent.lengthBytes());
        }
    }

    private static List<Extent> readExtents(RecordReader in) {
        int size = in.count();
        List<Extent> extents = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            extents.add(new Extent(new BlobId(in.number()), in.number(), Salt.NONE));
        }
        return extents;
    }

    private static void writeSalts(RecordWriter out, List<Extent> extents) {
        extents.forEach(extent -> extent.salt().write(out));
    }

    /** The extents with the salts that follow them. */
    private static List<Extent> readSalts(RecordReader in, List<Extent> extents) {
        return extents.stream()
                .map(extent -> new Extent(extent.blob(), extent.lengthBytes(), Salt.read(in)))
                .toList();
    }
}
