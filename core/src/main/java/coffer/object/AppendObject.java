package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.Crc64;
import coffer.encryption.ContentCipher;
import coffer.encryption.ContentKey;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionHeaders;
import coffer.encryption.Sealed;
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
                Attributes.of(request.headers(), objects.possessions().of(request, bucket));
        refuseVersioned(objects.versioning(bucket));
        Optional<StoredObject> begun = objects.find(bucket, request.key());
        checkPosition(begun, position, request.body().declaredBytes());
        objects.room().check(bucket, request.key(), position + request.body().declaredBytes());
        objects.locks().check(bucket, request.key(), position == 0 ? attributes.lock() : ObjectLock.NONE);
        ContentKey contentKey = begun.map(stored -> opened(request, bucket, stored))
                .orElseGet(() -> objects.encryption().begin(bucket, request.key(), request.headers()));
        return contents.receiver()
                .receive(
                        TrafficLimit.paced(request),
                        BodyReceiver.Expectation.of(request.headers()),
                        true,
                        contentKey,
                        received -> written(
                                append(bucket, request.key(), position, attributes, contentKey, received),
                                contentKey,
                                received.md5Hex()));
    }

    /** The first append settles how the object is encrypted; the later ones only bring the key if it is the customer's. */
    private ContentKey opened(CosRequest request, Bucket bucket, StoredObject stored) {
        return objects.encryption()
                .open(
                        bucket,
                        stored.key(),
                        stored.version().content().encryption(),
                        EncryptionHeaders.ofAppend(request.headers()));
    }

    private static CosResponse written(ObjectVersion version, ContentKey contentKey, String md5Hex) {
        return ObjectHeaders.written(CosResponse.ok(), version, contentKey)
                .with("x-cos-next-append-position", Long.toString(version.sizeBytes()))
                // The Go SDK compares this with the MD5 of what it sent, whatever the name says.
                .with("x-cos-content-sha1", md5Hex);
    }

    private ObjectVersion append(
            Bucket bucket, String key, long position, Attributes attributes, ContentKey contentKey, Received received) {
        List<BlobId> made = new ArrayList<>(received.blobs());
        return objects.commit(bucket, key, made, current -> {
            refuseVersioned(current.versioning());
            checkPosition(current.object(), position, received.sizeBytes());
            checkKey(current.object(), contentKey.encryption());
            Optional<ObjectVersion> old = current.object().map(StoredObject::version);
            Joined joined = join(current.object(), received, contentKey.cipher(), made);
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    position + received.sizeBytes(),
                    received.etag() + "-" + (old.map(ObjectVersion::appends).orElse(0L) + 1),
                    old.map(begun -> Crc64.combine(begun.crc64(), received.crc64(), received.sizeBytes()))
                            .orElse(received.crc64()),
                    clock.instant(),
                    old.map(ObjectVersion::appends).orElse(0L) + 1,
                    Optional.empty(),
                    old.map(begun -> begun.attributes().with(ObjectLock.NONE)).orElse(attributes),
                    joined.content);
            return NextVersion.of(version, joined.tail, joined.adopt);
        });
    }

    /**
     * The object's bytes followed by the new ones.
     *
     * @param adopt blobs that the content refers to and nobody has adopted
     */
    private record Joined(Content content, Optional<ByteBuffer> tail, List<BlobId> adopt) {}

    private Joined join(Optional<StoredObject> current, Received received, ContentCipher cipher, List<BlobId> made) {
        List<BlobId> adopt = new ArrayList<>(received.blobs());
        Content added = received.content();
        if (current.isEmpty()) {
            return new Joined(added, received.tail(), adopt);
        }
        Content old = current.get().version().content();
        Optional<ByteBuffer> oldTail =
                contents.storedTail(current.get()).map(bytes -> cipher.decrypt(bytes, old.tailSalt()));
        if (received.blobs().isEmpty() && old.tailBytes() + added.tailBytes() <= MAX_TAIL_BYTES) {
            Optional<ByteBuffer> tail =
                    concatenate(oldTail, received.tail().map(bytes -> cipher.decrypt(bytes, added.tailSalt())));
            return tail.map(bytes -> joined(old, bytes.remaining(), cipher.encrypt(bytes), adopt))
                    .orElseGet(() -> new Joined(old, Optional.empty(), adopt));
        }
        List<Extent> extents = new ArrayList<>(old.extents());
        oldTail.ifPresent(bytes -> {
            Extent extent = contents.store(bytes, cipher);
            made.add(extent.blob());
            adopt.add(extent.blob());
            extents.add(extent);
        });
        extents.addAll(added.extents());
        return new Joined(added.with(extents), received.tail(), adopt);
    }

    private static Joined joined(Content old, int tailBytes, Sealed tail, List<BlobId> adopt) {
        Content content = new Content(old.extents(), tailBytes, tail.salt(), old.encryption(), List.of());
        return new Joined(content, Optional.of(tail.bytes()), adopt);
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

    /** What has been encrypted with the key of an object that is no longer there would not open. */
    private static void checkKey(Optional<StoredObject> current, Encryption opened) {
        if (current.map(stored -> stored.version().content().encryption())
                .filter(encryption -> !encryption.equals(opened))
                .isPresent()) {
            throw CosError.PATH_CONFLICT.because("The object has just been replaced by another one; try again.");
        }
    }

    /**
     * Compares the position with the object as it is.
     *
     * @throws CosException {@code AppendPositionErr}, {@code ObjectNotAppendable}, {@code EntityTooLarge};
     *     {@code InvalidObjectState} if it is archived: what was restored is a copy for reading
     */
    private static void checkPosition(Optional<StoredObject> current, long position, long moreBytes) {
        if (current.isPresent() && !current.get().version().isAppendable()) {
            throw CosError.OBJECT_NOT_APPENDABLE.exception();
        }
        if (current.filter(
                        stored -> stored.version().attributes().storageClass().isArchive())
                .isPresent()) {
            throw CosError.INVALID_OBJECT_STATE.because("The object is archived: nothing can be appended to it.");
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
