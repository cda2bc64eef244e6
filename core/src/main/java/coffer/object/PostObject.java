package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.event.Cause;
import coffer.form.Form;
import coffer.form.FormReader;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Trace;
import coffer.signature.FormGrant;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Source: COS API reference, "POST Object": an upload by an HTML form, signed by the policy among its fields. */
public final class PostObject implements Handler {
    private static final String FILE_NAME = "${filename}";

    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;
    private final List<FormDialect> dialects;

    /** @param dialects the first that speaks a form reads it; the last speaks all */
    public PostObject(BucketService buckets, ObjectService objects, AccessControl access, List<FormDialect> dialects) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.dialects = List.copyOf(dialects);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        String contentType =
                request.headers().nonEmpty("Content-Type").orElseThrow(CosError.MALFORMED_POST_REQUEST::exception);
        Form form = FormReader.read(request.body(), contentType);
        String key = key(form);
        FormDialect dialect = dialects.stream()
                .filter(one -> one.isSpoken(request, form.fields()))
                .findFirst()
                .orElseThrow();
        FormGrant grant = dialect.authenticate(request, withKey(form.fields(), key));
        Trace.askedBy(grant.caller());
        Bucket bucket = buckets.of(request.with(dialect.bucket(request, grant.caller())));
        Headers headers = dialect.headers(form.fields());
        access.requireObject(
                new AccessControl.Question(request, grant.caller(), headers, "PostObject"),
                bucket,
                key,
                Optional.empty());
        ObjectKey.check(key);
        RequestBody file = new SizedBody(form.file(), grant.minBytes(), grant.maxBytes());
        Attributes attributes =
                Attributes.of(headers, objects.possessions().of(headers, bucket, grant.caller(), dialect.protocol()));
        ContentKey contentKey = objects.encryption().begin(bucket, key, headers);
        RequestBody paced = TrafficLimit.paced(
                file,
                TrafficLimit.bytesPerSecond(Optional.ofNullable(form.fields().get("x-cos-traffic-limit"))));
        ObjectVersion version = Cause.current()
                .by(grant.caller())
                .during(() -> objects.put(
                        bucket,
                        key,
                        attributes,
                        contentKey,
                        paced,
                        BodyReceiver.Expectation.of(headers),
                        PutObject.overwriteRule(headers, dialect.protocol())));
        return answer(request, form.fields(), key, version).withAll(contentKey.answered());
    }

    private static String key(Form form) {
        String key = form.fields().get("key");
        if (key == null || key.isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because("The form must have a field named key.");
        }
        String name = form.filename();
        String lastSegment = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return key.replace(FILE_NAME, lastSegment);
    }

    /** The policy speaks of the final key. */
    private static Map<String, String> withKey(Map<String, String> fields, String key) {
        Map<String, String> replaced = new java.util.HashMap<>(fields);
        replaced.put("key", key);
        return replaced;
    }

    private static CosResponse answer(
            CosRequest request, Map<String, String> fields, String key, ObjectVersion version) {
        Optional<String> redirect =
                Optional.ofNullable(fields.get("success_action_redirect")).filter(url -> !url.isEmpty());
        String location = request.location(key);
        if (redirect.isPresent()) {
            return ObjectHeaders.written(CosResponse.of(303), version, ContentKey.NONE)
                    .with("Location", redirectTo(redirect.get(), request.bucketAsNamed(), key, version));
        }
        String status = Optional.ofNullable(fields.get("success_action_status")).orElse("204");
        CosResponse response = CosResponse.of(
                switch (status) {
                    case "200" -> 200;
                    case "201" -> 201;
                    default -> 204;
                });
        response = ObjectHeaders.written(response, version, ContentKey.NONE).with("Location", location);
        return response.status() == 201
                ? response.with("Content-Type", "application/xml")
                        .withBody(new ResponseBody.Bytes(document(request, key, location, version)))
                : response;
    }

    private static String redirectTo(String url, String bucket, String key, ObjectVersion version) {
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw CosError.INVALID_ARGUMENT.because("success_action_redirect must not have control characters.");
        }
        return url + (url.contains("?") ? "&" : "?") + "bucket=" + PercentCode.encode(bucket) + "&key="
                + PercentCode.encode(key) + "&etag=" + PercentCode.encode(version.quotedEtag());
    }

    private static byte[] document(CosRequest request, String key, String location, ObjectVersion version) {
        return new XmlWriter()
                .open("PostResponse")
                .element("Location", location)
                .element("Bucket", request.bucketAsNamed())
                .element("Key", key)
                .element("ETag", version.quotedEtag())
                .close("PostResponse")
                .toBytes();
    }

    /** A file whose length the policy limits; it is not known before its end. */
    private static final class SizedBody implements RequestBody {
        private final RequestBody file;
        private final long minBytes;
        private final long maxBytes;
        private long bytes;

        SizedBody(RequestBody file, long minBytes, long maxBytes) {
            this.file = file;
            this.minBytes = minBytes;
            this.maxBytes = maxBytes;
        }

        @Override
        public long declaredBytes() {
            return -1;
        }

        /**
         * As {@link RequestBody#read}.
         *
         * @throws CosException also {@code EntityTooLarge}, {@code EntityTooSmall}
         */
        @Override
        public int read(ByteBuffer target) {
            int count = file.read(target);
            bytes += Math.max(count, 0);
            if (bytes > maxBytes) {
                throw CosError.ENTITY_TOO_LARGE.exception();
            }
            if (count < 0 && bytes < minBytes) {
                throw CosError.ENTITY_TOO_SMALL.exception();
            }
            return count;
        }
    }
}
