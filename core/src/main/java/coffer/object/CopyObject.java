package coffer.object;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import coffer.encryption.ContentKey;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionHeaders;
import coffer.encryption.EncryptionRequest;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import coffer.request.UnavailableHeaders;
import coffer.tagging.Tags;
import coffer.versioning.Versioning;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Source: COS API reference, "PUT Object - Copy". A copy of an object onto itself changes what is said of it without
 * touching its bytes.
 */
public final class CopyObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final CopySourceReader sources;
    private final InstantSource clock;
    private final UniqueIds ids;

    public CopyObject(
            BucketService buckets, ObjectService objects, AccessControl access, InstantSource clock, UniqueIds ids) {
        this.buckets = buckets;
        this.objects = objects;
        this.sources = new CopySourceReader(buckets, objects, access);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        UnavailableHeaders.refuse(request.headers());
        objects.locks().check(bucket, request.key(), Attributes.lock(request.headers()));
        CopySourceReader.Source source = sources.read(request);
        boolean replaced = replacesMetadata(request.headers());
        boolean ontoItself = isOntoItself(request, bucket, source);
        boolean silent = EncryptionHeaders.areAbsent(request.headers());
        boolean changesNothing = !replaced
                && silent
                && !replaces(request.headers(), "x-cos-tagging-directive")
                && request.headers().nonEmpty("x-cos-storage-class").isEmpty();
        if (ontoItself && changesNothing) {
            throw CosError.INVALID_REQUEST.because("A copy of an object onto itself must change something: set"
                    + " x-cos-metadata-directive to Replaced, name a storage class or an encryption.");
        }
        if (source.object().version().sizeBytes() > BodyReceiver.MAX_BYTES) {
            throw CosError.ENTITY_TOO_LARGE.because("Copy objects over 5 GB by Upload Part - Copy.");
        }
        ObjectService.Precondition rule = PutObject.overwriteRule(request.headers(), request.protocol());
        Plan plan = plan(request, bucket, source, ontoItself && silent);
        Copied copied = plan.inPlace
                ? rewrite(request, bucket, plan.source, rule)
                : copy(request, bucket, source, plan, replaced, rule);
        ObjectVersion version = copied.version;
        XmlWriter document = new XmlWriter()
                .open("CopyObjectResult")
                .element("ETag", version.quotedEtag())
                .element("CRC64", Long.toUnsignedString(version.crc64()))
                .element("LastModified", HttpDate.iso(version.lastModified()));
        ChosenChecksum.write(document, version.checksum());
        Optional<String> made = version.id().isNull()
                ? Optional.empty()
                : Optional.of(version.id().text());
        made.ifPresent(id -> document.element("VersionId", id));
        return CosResponse.xml(document.close("CopyObjectResult"))
                .withAll(copied.answered)
                .with("x-cos-copy-source-version-id", sources.versionOf(source))
                .with("x-cos-version-id", made);
    }

    /**
     * How a copy is to be encrypted.
     *
     * @param source what opens the source
     * @param request of what is made
     * @param inPlace whether bytes and key stay as they are
     */
    private record Plan(ContentKey source, EncryptionRequest request, boolean inPlace) {}

    /** What was made, and what is said of its encryption. */
    private record Copied(ObjectVersion version, List<Headers.Header> answered) {}

    /** @param settled whether neither object nor encryption is another one: silence is no wish to have it decrypted */
    private Plan plan(CosRequest request, Bucket bucket, CopySourceReader.Source source, boolean settled) {
        ContentKey from = objects.encryption().openToCopy(source, request.headers());
        EncryptionRequest asked = objects.encryption().asked(bucket, request.headers());
        boolean silence = settled && asked instanceof EncryptionRequest.None;
        boolean kept = silence || (settled && asked.isMetBy(from.encryption()));
        return new Plan(
                from,
                silence ? EncryptionRequest.like(from) : asked,
                kept && hasChecksum(request, source) && objects.versioning(bucket) == Versioning.NEVER);
    }

    /** Whether the source has the checksum that its copy is to have, if that is to have any. */
    private static boolean hasChecksum(CosRequest request, CopySourceReader.Source source) {
        Optional<ChecksumAlgorithm> asked = ChosenChecksum.algorithm(request.headers());
        return asked.isEmpty()
                || asked.equals(source.object().version().checksum().map(ObjectChecksum::algorithm));
    }

    /** A version that is not the current one is copied to become it. */
    private static boolean isOntoItself(CosRequest request, Bucket bucket, CopySourceReader.Source source) {
        return source.bucket().space().equals(bucket.space())
                && source.object().key().equals(request.key())
                && source.object().row().key().kind() == ObjectRows.CURRENT;
    }

    private Copied copy(
            CosRequest request,
            Bucket bucket,
            CopySourceReader.Source begun,
            Plan plan,
            boolean replaced,
            ObjectService.Precondition rule) {
        CopySourceReader.Source source = begun;
        ContentKey from = plan.source;
        ContentKey to = objects.encryption().begin(bucket, request.key(), plan.request);
        while (true) {
            ObjectVersion original = source.object().version();
            objects.room().check(bucket, request.key(), original.sizeBytes());
            Optional<ResponseBody.Pieces> pieces =
                    objects.contents().open(source.bucket(), source.object(), from.cipher(), 0, original.sizeBytes());
            if (pieces.isPresent()) {
                Attributes attributes = attributes(request, bucket, original, replaced);
                try (PieceBody body = new PieceBody(pieces.get())) {
                    ObjectVersion version = objects.contents()
                            .receiver()
                            .receive(
                                    body,
                                    BodyReceiver.Expectation.computing(algorithm(request.headers(), original)),
                                    true,
                                    to,
                                    received -> write(bucket, request.key(), original, attributes, received, rule));
                    return new Copied(version, to.answered());
                }
            }
            source = sources.read(request);
            from = objects.encryption().openToCopy(source, request.headers());
        }
    }

    /** The one that is asked for, else that of the source. */
    private static Optional<ChecksumAlgorithm> algorithm(Headers headers, ObjectVersion original) {
        return ChosenChecksum.algorithm(headers).or(() -> original.checksum().map(ObjectChecksum::algorithm));
    }

    private ObjectVersion write(
            Bucket bucket,
            String key,
            ObjectVersion original,
            Attributes attributes,
            Received received,
            ObjectService.Precondition rule) {
        return objects.commit(bucket, key, received.blobs(), current -> {
            rule.check(current.object());
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    received.sizeBytes(),
                    etag(original, received),
                    received.crc64(),
                    clock.instant(),
                    0,
                    Optional.empty(),
                    attributes,
                    received.content());
            return NextVersion.of(version.with(received.checksum()), received.tail(), received.blobs());
        });
    }

    /** The source's, unless one of the two is not the MD5 because it must not be seen. */
    private static String etag(ObjectVersion original, Received received) {
        Encryption source = original.content().encryption();
        boolean carried = (source.isNone() || source instanceof Encryption.SseCos)
                && received.etag().equals(received.md5Hex());
        return carried ? original.etag() : received.etag();
    }

    private Copied rewrite(CosRequest request, Bucket bucket, ContentKey key, ObjectService.Precondition rule) {
        boolean replaced = replacesMetadata(request.headers());
        ObjectVersion rewritten = objects.commit(bucket, request.key(), List.of(), current -> {
            if (current.versioning() != Versioning.NEVER) {
                // two versions must not share their bytes
                throw CosError.PATH_CONFLICT.because("The versioning of the bucket has just been changed; try again.");
            }
            StoredObject stored = current.object().orElseThrow(CosError.NO_SUCH_KEY::exception);
            rule.check(current.object());
            ObjectVersion old = stored.version();
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    old.sizeBytes(),
                    old.etag(),
                    old.crc64(),
                    clock.instant(),
                    old.appends(),
                    old.uploadId(),
                    attributes(request, bucket, old, replaced),
                    old.content());
            return NextVersion.of(
                    version.with(old.checksum()), objects.contents().storedTail(stored), List.of());
        });
        return new Copied(
                rewritten, EncryptionHeaders.answered(rewritten.content().encryption(), key.given()));
    }

    /** Storage class, owner, ACL and lock are never copied: without headers the copy is STANDARD and as its bucket is. */
    private Attributes attributes(CosRequest request, Bucket bucket, ObjectVersion original, boolean replaced) {
        Headers headers = request.headers();
        Attributes asked = Attributes.of(headers, objects.possessions().of(request, bucket));
        Tags tags = replaces(headers, "x-cos-tagging-directive")
                ? asked.tags()
                : original.attributes().tags();
        Attributes described = replaced
                ? asked
                : original.attributes()
                        .with(asked.storageClass())
                        .with(asked.possession())
                        .with(asked.lock());
        // S3 never takes it from the source: "Setting an object redirect using the Amazon S3 console".
        return (request.protocol() == Protocol.S3 ? described.withRedirectOf(asked) : described).with(tags);
    }

    private static boolean replacesMetadata(Headers headers) {
        return replaces(headers, "x-cos-metadata-directive");
    }

    /** COS says {@code Replaced}, the Java SDK sends {@code REPLACE}. */
    private static boolean replaces(Headers headers, String name) {
        String directive = headers.nonEmpty(name).orElse("Copy");
        if (directive.equalsIgnoreCase("Replaced") || directive.equalsIgnoreCase("Replace")) {
            return true;
        }
        if (directive.equalsIgnoreCase("Copy")) {
            return false;
        }
        throw CosError.INVALID_ARGUMENT.because(name + " must be Copy or Replaced.");
    }
}
