package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.checksum.ObjectChecksum;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.replication.Replication;
import coffer.restore.Restoration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
 * @param restoration the last one, if it was ever restored from the archive
 * @param linkTarget the key that it leads to, if it is a symlink; then it has no content
 * @param replication how its replication is, if a rule is or was about it
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
        Optional<ObjectChecksum> checksum,
        Optional<Restoration> restoration,
        Optional<String> linkTarget,
        Optional<Replication> replication) {
    /**
     * Since 2 there are version ids and encryption, since 3 parts, since 4 restorations and symlinks, since 5
     * replication. What has no need of a format is written in the one before.
     */
    private static final int FORMAT = 5;

    private static final int WITH_EXTRAS = 4;
    private static final int WITH_PARTS = 3;
    private static final int WITHOUT_PARTS = 2;

    private static final int RESTORATION = 1;
    private static final int LINK = 2;
    private static final int REPLICATION = 4;

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
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether APPEND Object may add to it. */
    public boolean isAppendable() {
        return appends > 0;
    }

    /**
     * The parts it was uploaded in, in order of their numbers; none if it was not. Where its row does not tell, as those
     * of older programs never do, each extent is a part; only a last one without bytes has none.
     */
    public List<ObjectPart> parts() {
        int dash = etag.indexOf('-');
        if (uploadId.isEmpty() || dash < 0 || !content.parts().isEmpty()) {
            return content.parts();
        }
        List<Extent> extents = content.extents();
        return IntStream.range(0, Integer.parseInt(etag, dash + 1, etag.length(), 10))
                .mapToObj(i ->
                        ObjectPart.of(i + 1, i < extents.size() ? extents.get(i).lengthBytes() : 0))
                .toList();
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
        int format = format();
        RecordWriter out = new RecordWriter(format).number(place.code);
        id.write(out);
        out.text(writeId)
                .number(sizeBytes)
                .text(etag)
                .number(crc64)
                .time(lastModified)
                .number(appends)
                .optionalText(uploadId);
        AttributesRecord.write(out, attributes);
        ContentRecord.write(out, content, extentsInline, format >= WITH_PARTS);
        if (format >= WITH_EXTRAS) {
            out.number((restoration.isPresent() ? RESTORATION : 0)
                    | (linkTarget.isPresent() ? LINK : 0)
                    | (replication.isPresent() ? REPLICATION : 0));
            restoration.ifPresent(present -> present.write(out));
            linkTarget.ifPresent(out::text);
            replication.ifPresent(present -> present.write(out));
        }
        ChecksumRecord.write(out, checksum);
        return out.toBytes();
    }

    private int format() {
        if (replication.isPresent()) {
            return FORMAT;
        }
        if (restoration.isPresent() || linkTarget.isPresent()) {
            return WITH_EXTRAS;
        }
        return content.parts().isEmpty() ? WITHOUT_PARTS : WITH_PARTS;
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
        return bytes.length > 1 && bytes[0] >= WITHOUT_PARTS && bytes[1] == RowPlace.COPY.code;
    }

    /** What {@link #toBytes} wrote; extents that are not in the row are left out. */
    static Decoded fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        boolean old = in.format() < WITHOUT_PARTS;
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
        ContentRecord.Decoded content = ContentRecord.read(in, old, in.format() >= WITH_PARTS);
        long extras = in.format() < WITH_EXTRAS ? 0 : in.number();
        Optional<Restoration> restoration =
                (extras & RESTORATION) == 0 ? Optional.empty() : Optional.of(Restoration.read(in));
        Optional<String> linkTarget = (extras & LINK) == 0 ? Optional.empty() : Optional.of(in.text());
        Optional<Replication> replication =
                (extras & REPLICATION) == 0 ? Optional.empty() : Optional.of(Replication.read(in));
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
                ChecksumRecord.read(in),
                restoration,
                linkTarget,
                replication);
        return new Decoded(version, place, content.complete());
    }

    /** The same write with what may be said otherwise of it. */
    private ObjectVersion copy(
            VersionId otherId,
            String otherEtag,
            Instant otherLastModified,
            Attributes otherAttributes,
            Content otherContent,
            Optional<ObjectChecksum> otherChecksum,
            Optional<Restoration> otherRestoration,
            Optional<String> otherLinkTarget) {
        return new ObjectVersion(
                writeId,
                otherId,
                sizeBytes,
                otherEtag,
                crc64,
                otherLastModified,
                appends,
                uploadId,
                otherAttributes,
                otherContent,
                otherChecksum,
                otherRestoration,
                otherLinkTarget,
                replication);
    }

    /** The same with its bytes elsewhere, or with its key wrapped otherwise. */
    public ObjectVersion with(Content other) {
        return copy(id, etag, lastModified, attributes, other, checksum, restoration, linkTarget);
    }

    /** The same at its place. */
    ObjectVersion with(VersionId place) {
        return copy(place, etag, lastModified, attributes, content, checksum, restoration, linkTarget);
    }

    /** The same, of which something else is said. */
    public ObjectVersion with(Attributes other) {
        return copy(id, etag, lastModified, other, content, checksum, restoration, linkTarget);
    }

    /** The same with a checksum of its content. */
    public ObjectVersion with(Optional<ObjectChecksum> ofContent) {
        return copy(id, etag, lastModified, attributes, content, ofContent, restoration, linkTarget);
    }

    /** The same, restored. */
    public ObjectVersion with(Restoration next) {
        return copy(id, etag, lastModified, attributes, content, checksum, Optional.of(next), linkTarget);
    }

    /** The same, of whose replication something else is said. */
    ObjectVersion with(Replication next) {
        return new ObjectVersion(
                writeId,
                id,
                sizeBytes,
                etag,
                crc64,
                lastModified,
                appends,
                uploadId,
                attributes,
                content,
                checksum,
                restoration,
                linkTarget,
                Optional.of(next));
    }

    /** The same as a symlink to a key, or as none. */
    ObjectVersion linkedTo(Optional<String> target) {
        return copy(id, etag, lastModified, attributes, content, checksum, restoration, target);
    }

    /**
     * The same bytes as they are shown to whoever found something else first. Source: COS docs, "Symlink".
     *
     * @param found the symlink that leads here, or this itself
     */
    ObjectVersion shownAs(ObjectVersion found) {
        if (found.linkTarget.isEmpty()) {
            return this;
        }
        return copy(found.id, found.etag, found.lastModified, attributes, content, checksum, restoration, linkTarget);
    }

    /**
     * The restoration that counts at a moment: ongoing, or done and not over.
     *
     * @return empty also if it is not archived
     */
    Optional<Restoration> restoration(Instant now) {
        return attributes.storageClass().isArchive() ? restoration.filter(last -> !last.isOver(now)) : Optional.empty();
    }

    /**
     * Lets pass what can be read.
     *
     * @throws CosException {@code InvalidObjectState} if it is archived and not restored
     */
    void requireReadable(Instant now) {
        if (!attributes.storageClass().isArchive()) {
            return;
        }
        Optional<Restoration> last = restoration(now);
        if (last.isEmpty()) {
            throw CosError.INVALID_OBJECT_STATE.exception();
        }
        if (last.get().isOngoing(now)) {
            throw CosError.INVALID_OBJECT_STATE.because("The object is archived, and being restored: try again later.");
        }
    }

    /** A row as decoded; incomplete if its extents are in a manifest row. */
    record Decoded(ObjectVersion version, RowPlace place, boolean complete) {}
}
