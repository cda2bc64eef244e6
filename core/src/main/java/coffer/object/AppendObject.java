package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.Crc64;
import coffer.lock.ObjectLock;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import coffer.store.BlobId;
import coffer.versioning.Versioning;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Source: COS API reference, "APPEND Object". Short appends grow the object's tail until it is too long for its row and
 * becomes an extent, so that a log written line by line does not become a list of lines.
 */
public final class AppendObject implements Handler {
    /** A longer tail is not rewritten with every append but turned into an extent. */
    private static final int MAX_TAIL_BYTES = 64 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;
    private final Contents contents;
    private final InstantSource clock;
    private final UniqueIds ids;

    public AppendObject(BucketService buckets, ObjectService objects, InstantSource clock, UniqueIds ids) {
        this.buckets = buckets;
        this.objects = objects;
        this.contents = objects.contents();
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        long position =
                Numbers.within("position", request.query().last("position").orElse(""), 0, Long.MAX_VALUE);
        if (request.body().declaredBytes() < 0) {
            throw CosError.MISSING_CONTENT_LENGTH.exception();
        }
        Attributes attributes =
                Attributes.of(request.headers(), Possession.of(request.headers(), bucket, request.caller()));
        refuseVersioned(objects.versioning(bucket));
        checkPosition(
                objects.find(bucket, request.key()), position, request.body().declaredBytes());
        objects.locks().check(bucket, request.key(), position == 0 ? attributes.lock() : ObjectLock.NONE);
        return contents.receiver()
                .receive(
                        TrafficLimit.paced(request),
                        BodyReceiver.Expectation.of(request.headers()),
                        true,
                        received -> written(
                                append(bucket, request.key(), position, attributes, received), received.md5Hex()));
    }

    private static CosResponse written(ObjectVersion version, String md5Hex) {
        return ObjectHeaders.written(CosResponse.ok(), version)
                .with("x-cos-next-append-position", Long.toString(version.sizeBytes()))
                // The Go SDK compares this with the MD5 of what it sent, whatever the name says.
                .with("x-cos-content-sha1", md5Hex);
    }

    private ObjectVersion append(Bucket bucket, String key, long position, Attributes attributes, Received received) {
        List<BlobId> made = new ArrayList<>(received.blobs());
        return objects.commit(bucket, key, made, current -> {
            refuseVersioned(current.versioning());
            checkPosition(current.object(), position, received.sizeBytes());
            Optional<ObjectVersion> old = current.object().map(StoredObject::version);
            Joined joined = join(current.object(), received, made);
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    position + received.sizeBytes(),
                    received.md5Hex() + "-" + (old.map(ObjectVersion::appends).orElse(0L) + 1),
                    old.map(begun -> Crc64.combine(begun.crc64(), received.crc64(), received.sizeBytes()))
                            .orElse(received.crc64()),
                    clock.instant(),
                    old.map(ObjectVersion::appends).orElse(0L) + 1,
                    Optional.empty(),
                    old.map(begun -> begun.attributes().with(ObjectLock.NONE)).orElse(attributes),
                    joined.content);
            return ObjectService.NextVersion.of(version, joined.tail, joined.adopt);
        });
    }

    /**
     * The object's bytes followed by the new ones.
     *
     * @param adopt blobs that the content refers to and nobody has adopted
     */
    private record Joined(Content content, Optional<ByteBuffer> tail, List<BlobId> adopt) {}

    private Joined join(Optional<StoredObject> current, Received received, List<BlobId> made) {
        Content old = current.map(stored -> stored.version().content()).orElse(Content.EMPTY);
        Optional<ByteBuffer> oldTail = current.flatMap(contents::tail);
        long tailBytes = old.tailBytes() + received.content().tailBytes();
        List<BlobId> adopt = new ArrayList<>(received.blobs());
        if (received.blobs().isEmpty() && tailBytes <= MAX_TAIL_BYTES) {
            return new Joined(new Content(old.extents(), tailBytes), concatenate(oldTail, received.tail()), adopt);
        }
        List<Extent> extents = new ArrayList<>(old.extents());
        oldTail.ifPresent(bytes -> {
            Extent extent = contents.store(bytes);
            made.add(extent.blob());
            adopt.add(extent.blob());
            extents.add(extent);
        });
        extents.addAll(received.content().extents());
        return new Joined(new Content(extents, received.content().tailBytes()), received.tail(), adopt);
    }

    private static Optional<ByteBuffer> concatenate(Optional<ByteBuffer> first, Optional<ByteBuffer> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        ByteBuffer both =
                ByteBuffer.allocate(first.get().remaining() + second.get().remaining());
        return Optional.of(
                both.put(first.get().duplicate()).put(second.get().duplicate()).flip());
    }

    /** What grows has no versions. Source: COS API reference, "APPEND Object". */
    private static void refuseVersioned(Versioning versioning) {
        if (versioning != Versioning.NEVER) {
            throw CosError.INVALID_BUCKET_STATE.because("Objects cannot be appended to in a versioned bucket.");
        }
    }

    /**
     * Compares the position with the object as it is.
     *
     * @throws CosException {@code AppendPositionErr}, {@code ObjectNotAppendable}, {@code EntityTooLarge}
     */
    private static void checkPosition(Optional<StoredObject> current, long position, long moreBytes) {
        if (current.isPresent() && !current.get().version().isAppendable()) {
            throw CosError.OBJECT_NOT_APPENDABLE.exception();
        }
        long length = current.map(stored -> stored.version().sizeBytes()).orElse(0L);
        if (position != length) {
            throw CosError.APPEND_POSITION_ERR
                    .exception()
                    .withHeader("x-cos-next-append-position", Long.toString(length));
        }
        if (moreBytes > BodyReceiver.MAX_BYTES - length) {
            throw CosError.ENTITY_TOO_LARGE.because("An appendable object has at most 5 GB.");
        }
    }
}
