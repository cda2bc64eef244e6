package coffer.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.Crc64;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionHeaders;
import coffer.object.AccessControl.Question;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.request.Digests;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The two operations on symlinks themselves. Source: COS docs, "Symlink"; the SDKs for Java, Python and Go, as their sources
 * have them.
 */
public final class ObjectSymlink {
    private static final String TARGET = "x-cos-symlink-target";

    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;
    private final InstantSource clock;
    private final UniqueIds ids;

    public ObjectSymlink(
            BucketService buckets, ObjectService objects, AccessControl access, InstantSource clock, UniqueIds ids) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.clock = clock;
        this.ids = ids;
    }

    /** PUT: a symlink in place of what the key has. The object that it leads to need not be there. */
    public Handler put() {
        return request -> {
            Bucket bucket = buckets.of(request);
            // It replaces what is there as PUT does; who may not do that may not do it in this way either.
            access.requireObject(Question.of(request, "PutObject"), bucket, request.key(), Optional.empty());
            String target = target(request);
            Attributes attributes =
                    Attributes.of(request.headers(), objects.possessions().of(request, bucket));
            if (attributes.storageClass() != StorageClass.STANDARD) {
                throw CosError.INVALID_ARGUMENT.because("A symlink is of the class STANDARD.");
            }
            if (!EncryptionHeaders.areAbsent(request.headers())) {
                throw CosError.SSE_HEADER_NOT_ALLOWED.because("A symlink has no content that could be encrypted.");
            }
            ObjectService.Precondition rule = PutObject.overwriteRule(request.headers(), request.protocol());
            objects.locks().check(bucket, request.key(), attributes.lock());
            objects.room().check(bucket, request.key(), 0);
            ObjectVersion version = objects.commit(bucket, request.key(), List.of(), current -> {
                rule.check(current.object());
                return NextVersion.of(link(target, attributes), Optional.empty(), List.of());
            });
            return CosResponse.ok()
                    .with("ETag", version.quotedEtag())
                    .with(
                            "x-cos-version-id",
                            version.id().isNull()
                                    ? Optional.empty()
                                    : Optional.of(version.id().text()));
        };
    }

    private ObjectVersion link(String target, Attributes attributes) {
        return new ObjectVersion(
                        ids.next(),
                        0,
                        HexFormat.of().formatHex(Digests.md5().digest(target.getBytes(UTF_8))),
                        new Crc64().value(),
                        clock.instant(),
                        0,
                        Optional.empty(),
                        attributes,
                        Content.of(List.of(), new Encryption.None()))
                .linkedTo(Optional.of(target));
    }

    /** GET: where it leads. */
    public Handler get() {
        return request -> {
            Bucket bucket = buckets.of(request);
            ObjectVersion version = objects.versions()
                    .require(bucket, request.key(), Versions.named(request.query()))
                    .version();
            String target = version.linkTarget()
                    .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The object is not a symlink."));
            Attributes attributes = version.attributes();
            CosResponse answer = CosResponse.ok()
                    .with(TARGET, target)
                    .with("ETag", version.quotedEtag())
                    .with("Last-Modified", HttpDate.rfc1123(version.lastModified()))
                    .with("Content-Type", attributes.contentHeader("Content-Type"))
                    .with(
                            "x-cos-version-id",
                            objects.versioning(bucket) == Versioning.NEVER
                                    ? Optional.empty()
                                    : Optional.of(version.id().text()));
            for (var entry : attributes.metadata().entrySet()) {
                answer = answer.with("x-cos-meta-" + entry.getKey(), entry.getValue());
            }
            return answer;
        };
    }

    /**
     * The key that a request names. The SDK for Go sends it encoded, those for Java and Python do not.
     *
     * @throws CosException {@code InvalidArgument}, and as {@link ObjectKey#check(String, int)}
     */
    private static String target(CosRequest request) {
        String target = NamedKey.of(request, TARGET);
        if (target.equals(request.key())) {
            throw CosError.INVALID_ARGUMENT.because("A symlink cannot lead to itself.");
        }
        if (target.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw CosError.INVALID_ARGUMENT.because(
                    TARGET + " must not have control characters: no header can hold them.");
        }
        return target;
    }
}
