package coffer.object;

import coffer.checksum.ObjectChecksum;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * One immutable state of an object, as its row holds it.
 *
 * @param writeId unique to the write that made it, so that equal rows are the same write
 * @param id its place among the versions of its key; {@link ObjectService} sets it with the commit
 * @param sizeBytes length of the content
 * @param etag without quotes: 32 hex digits, or with a {@code -} and a count behind for multipart and appended objects
 * @param crc64 CRC-64/XZ of the content
 * @param lastModified when it was committed
 * @param appends how many appends made it, 0 for an object that is not appendable
 * @param uploadId the multipart upload that made it, so that a repeated Complete can be recognised
 * @param attributes what its writer said of it
 * @param content where its bytes are
 * @param checksum of its content, if its writer chose one
 */
public record ObjectVersion(
        String writeId,
        VersionId id,
        long sizeBytes,
        String etag,
        long crc64,
        Instant lastModified,
        long appends,
        Optional<String> uploadId,
        Attributes attributes,
        Content content,
        Optional<ObjectChecksum> checksum) {
    /** Since 2 there are version ids and encryption. */
    private static final int FORMAT = 2;

    /** A version whose place is not known yet. */
    public ObjectVersion(
            String writeId,
            long sizeBytes,
            String etag,
            long crc64,
            Instant lastModified,
            long appends,
            Optional<String> uploadId,
            Attributes attributes,
            Content content) {
        this(
                writeId,
                VersionId.UNVERSIONED,
                sizeBytes,
                etag,
                crc64,
                lastModified,
                appends,
                uploadId,
                attributes,
                content,
                Optional.empty());
    }

    /** Whether APPEND Object may add to it. */
    public boolean isAppendable() {
        return appends > 0;
    }

    /** The ETag as it goes over the wire. */
    public String quotedEtag() {
        return '"' + etag + '"';
    }

    /**
     * Writes the row.
     *
     * @param place whether this is the version's own row
     * @param extentsInline whether the extents are in this row; if not, only their number is
     */
    byte[] toBytes(RowPlace place, boolean extentsInline) {
        RecordWriter out = new RecordWriter(FORMAT).number(place.code);
        id.write(out);
        out.text(writeId)
                .number(sizeBytes)
                .text(etag)
                .number(crc64)
                .time(lastModified)
                .number(appends)
                .optionalText(uploadId);
        AttributesRecord.write(out, attributes);
        ContentRecord.write(out, content, extentsInline);
        ChecksumRecord.write(out, checksum);
        return out.toBytes();
    }

    /** Where a version's row is, and whether the tail is its body. */
    enum RowPlace {
        /** Its own row, with its tail. */
        OWN(0),
        /** A copy of what its own row says, for reading the newest version of a key and for listing. */
        COPY(1);

        private final int code;

        RowPlace(int code) {
            this.code = code;
        }
    }

    /** Whether a row is a {@link RowPlace#COPY}, without looking at the rest of it. */
    static boolean isCopy(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == FORMAT && bytes[1] == RowPlace.COPY.code;
    }

    /** What {@link #toBytes} wrote; extents that are not in the row are left out. */
    static Decoded fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        boolean old = in.format() < 2;
        RowPlace place = !old && in.number() == RowPlace.COPY.code ? RowPlace.COPY : RowPlace.OWN;
        VersionId id = old ? VersionId.UNVERSIONED : VersionId.read(in);
        String writeId = in.text();
        long sizeBytes = in.number();
        String etag = in.text();
        long crc64 = in.number();
        Instant lastModified = in.time();
        long appends = in.number();
        Optional<String> uploadId = in.optionalText();
        Attributes attributes = AttributesRecord.read(in, old);
        ContentRecord.Decoded content = ContentRecord.read(in, old);
        ObjectVersion version = new ObjectVersion(
                writeId,
                id,
                sizeBytes,
                etag,
                crc64,
                lastModified,
                appends,
                uploadId,
                attributes,
                content.content(),
                ChecksumRecord.read(in));
        return new Decoded(version, place, content.complete());
    }

    /** The same with its bytes elsewhere, or with its key wrapped otherwise. */
    public ObjectVersion with(Content other) {
        return new ObjectVersion(
                writeId, id, sizeBytes, etag, crc64, lastModified, appends, uploadId, attributes, other, checksum);
    }

    /** The same at its place. */
    ObjectVersion with(VersionId place) {
        return new ObjectVersion(
                writeId, place, sizeBytes, etag, crc64, lastModified, appends, uploadId, attributes, content, checksum);
    }

    /** The same, of which something else is said. */
    public ObjectVersion with(Attributes other) {
        return new ObjectVersion(
                writeId, id, sizeBytes, etag, crc64, lastModified, appends, uploadId, other, content, checksum);
    }

    /** The same with a checksum of its content. */
    public ObjectVersion with(Optional<ObjectChecksum> ofContent) {
        return new ObjectVersion(
                writeId, id, sizeBytes, etag, crc64, lastModified, appends, uploadId, attributes, content, ofContent);
    }

    /** A row as decoded; incomplete if its extents are in a manifest row. */
    record Decoded(ObjectVersion version, RowPlace place, boolean complete) {}
}
