package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.encryption.EncryptionRequest;
import coffer.lock.ObjectLock;
import coffer.object.AccessControl.Question;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.List;
import java.util.Optional;

/**
 * Gives an object another key. Source: the SDK for Java, {@code COSClient.rename}, as its source has it.
 *
 * <p>Rows of two keys cannot change in one commit, and two rows must never own the same blobs. So the bytes are copied here,
 * the new key is committed, and then the old one goes, if it still is what was copied; else all of it is done again. A
 * crash in between leaves both keys, never none.
 */
public final class RenameObject implements Handler {
    private static final String SOURCE = "x-cos-rename-source";

    /** Each of them copies the object. */
    private static final int MOST_ATTEMPTS = 5;

    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;
    private final UniqueIds ids;

    public RenameObject(BucketService buckets, ObjectService objects, AccessControl access, UniqueIds ids) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.ids = ids;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        String from = NamedKey.of(request, SOURCE);
        if (from.equals(request.key())) {
            throw CosError.INVALID_ARGUMENT.because("The object has this key already.");
        }
        requireRights(request, bucket, from);
        objects.locks().check(bucket, request.key(), ObjectLock.NONE);
        ObjectService.Precondition rule = PutObject.overwriteRule(request.headers(), request.protocol());
        boolean written = false;
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            Optional<StoredObject> source = objects.find(bucket, from);
            if (source.isEmpty()) {
                if (written) {
                    return CosResponse.ok(); // another request has deleted what was renamed
                }
                throw CosError.NO_SUCH_KEY.at(bucket.name() + "/" + from);
            }
            requireRemovable(bucket, source.get());
            if (write(request, bucket, source.get(), written ? ObjectService.Precondition.NONE : rule)) {
                written = true;
                if (remove(bucket, source.get())) {
                    return CosResponse.ok();
                }
            }
        }
        throw CosError.PATH_CONFLICT.because("The object is being changed all the time; try again.");
    }

    /** It reads and deletes the one and writes the other: whoever is denied one of these cannot do it in this way. */
    private void requireRights(CosRequest request, Bucket bucket, String from) {
        access.requireObject(Question.of(request, "PutObject"), bucket, request.key(), Optional.empty());
        for (String action : List.of("RenameObject", "GetObject", "DeleteObject")) {
            access.requireObject(Question.of(request, action), bucket, from, Optional.empty());
        }
    }

    /** Before anything is written. In a versioned bucket a delete marker removes nothing. */
    private void requireRemovable(Bucket bucket, StoredObject source) {
        if (objects.versioning(bucket) == Versioning.NEVER) {
            source.version().attributes().lock().requireUnlocked(objects.now(), false);
        }
    }

    /** @return whether it was there still, and has been written */
    private boolean write(CosRequest request, Bucket bucket, StoredObject source, ObjectService.Precondition rule) {
        ObjectVersion original = source.version();
        objects.room().check(bucket, request.key(), original.sizeBytes());
        ContentKey from = objects.encryption().openToRead(bucket, source, request.headers());
        ContentKey to = objects.encryption().begin(bucket, request.key(), EncryptionRequest.like(from));
        Optional<ResponseBody.Pieces> pieces =
                objects.contents().open(bucket, source, from.cipher(), 0, original.sizeBytes());
        if (pieces.isEmpty()) {
            return false;
        }
        try (PieceBody body = new PieceBody(pieces.get())) {
            ObjectVersion _ = objects.contents()
                    .receiver()
                    .receive(
                            body,
                            BodyReceiver.Expectation.NONE,
                            true,
                            to,
                            received -> objects.commit(bucket, request.key(), received.blobs(), current -> {
                                rule.check(current.object());
                                return NextVersion.of(moved(original, received), received.tail(), received.blobs());
                            }));
            return true;
        }
    }

    /** All that is said of it stays, but for its lock, which is its bucket's to give, and its parts, which are one now. */
    private ObjectVersion moved(ObjectVersion original, Received received) {
        if (received.crc64() != original.crc64()) {
            throw CosError.INTERNAL_ERROR.because("The object is damaged; it stays where it is.");
        }
        ObjectVersion moved = new ObjectVersion(
                        ids.next(),
                        received.sizeBytes(),
                        original.etag(),
                        original.crc64(),
                        original.lastModified(),
                        original.appends(),
                        Optional.empty(),
                        original.attributes().with(ObjectLock.NONE),
                        received.content())
                .with(original.checksum())
                .linkedTo(original.linkTarget());
        return original.restoration().map(moved::with).orElse(moved);
    }

    /** @return whether it was what was written still, and is gone */
    private boolean remove(Bucket bucket, StoredObject source) {
        try {
            Deletion _ = objects.delete(bucket, source.key(), DeleteConditions.unchanged(source.version()));
            return true;
        } catch (CosException e) {
            if (e.error() != CosError.PRECONDITION_FAILED) {
                throw e;
            }
            return false;
        }
    }
}
