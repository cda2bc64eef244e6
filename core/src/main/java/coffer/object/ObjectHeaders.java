package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.encryption.ContentKey;
import coffer.identity.Caller;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lock.ObjectLock;
import coffer.request.CosRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The headers that answers carry about an object, spelled as the Java SDK looks them up. */
public final class ObjectHeaders {
    /** Header and the parameter that overrides it. Source: COS API reference, "GET Object". */
    private static final List<String> OVERRIDABLE = List.of(
            "Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding");

    private static final List<String> OVERRIDES = OVERRIDABLE.stream()
            .map(name -> "response-" + name.toLowerCase(Locale.ROOT))
            .toList();

    private ObjectHeaders() {}

    /** What a write answers; the version only if the bucket is versioned and not suspended. */
    static CosResponse written(CosResponse response, ObjectVersion version, ContentKey contentKey) {
        CosResponse written = digests(response, version)
                .withAll(contentKey.answered())
                .withAll(ChosenChecksum.answered(version.checksum()));
        return version.id().isNull()
                ? written
                : written.with("x-cos-version-id", version.id().text());
    }

    /** What an answer says of the day an object goes. Source: S3 API reference, "GetObject"; the pages of COS name it only. */
    static CosResponse expiring(CosResponse response, Optional<LifecycleConfiguration.Expiry> expiry) {
        return expiry.map(end -> response.with(
                        "x-cos-expiration",
                        "expiry-date=\"" + HttpDate.rfc1123(end.time()) + "\", rule-id=\""
                                + PercentCode.encode(end.ruleId()) + "\""))
                .orElse(response);
    }

    private static CosResponse digests(CosResponse response, ObjectVersion version) {
        return response.with("ETag", version.quotedEtag())
                .with("x-cos-hash-crc64ecma", Long.toUnsignedString(version.crc64()));
    }

    /** What GET and HEAD answer. */
    static CosResponse describe(CosResponse begun, ObjectVersion version, ContentKey contentKey, Query query) {
        Attributes attributes = version.attributes();
        List<Headers.Header> headers = new ArrayList<>(16);
        for (int i = 0; i < OVERRIDABLE.size(); i++) {
            String name = OVERRIDABLE.get(i);
            query.nonEmpty(OVERRIDES.get(i))
                    .or(() -> attributes.contentHeader(name))
                    .ifPresent(value -> headers.add(new Headers.Header(name, value)));
        }
        headers.add(new Headers.Header("ETag", version.quotedEtag()));
        headers.add(new Headers.Header("x-cos-hash-crc64ecma", Long.toUnsignedString(version.crc64())));
        headers.add(new Headers.Header("Accept-Ranges", "bytes"));
        headers.add(new Headers.Header("Last-Modified", HttpDate.rfc1123(version.lastModified())));
        attributes
                .contentHeader(Attributes.WEBSITE_REDIRECT)
                .ifPresent(value -> headers.add(new Headers.Header(Attributes.WEBSITE_REDIRECT, value)));
        headers.add(new Headers.Header("x-cos-object-type", version.isAppendable() ? "appendable" : "normal"));
        if (attributes.storageClass() != StorageClass.STANDARD) {
            headers.add(new Headers.Header(
                    "x-cos-storage-class", attributes.storageClass().name()));
        }
        if (!attributes.tags().isEmpty()) {
            headers.add(new Headers.Header(
                    "x-cos-tagging-count",
                    Integer.toString(attributes.tags().all().size())));
        }
        version.replication()
                .ifPresent(state -> headers.add(new Headers.Header("x-cos-replication-status", state.status())));
        headers.addAll(contentKey.answered());
        lock(headers, attributes.lock());
        attributes.metadata().forEach((name, value) -> headers.add(new Headers.Header("x-cos-meta-" + name, value)));
        return begun.withAll(headers);
    }

    /** What GET and HEAD answer of something that was restored from the archive, or is to be. */
    static List<Headers.Header> restoration(ObjectVersion version, Instant now) {
        return version.restoration(now)
                .map(restoration -> {
                    Headers.Header state = new Headers.Header("x-cos-restore", restoration.text(now));
                    return restoration.isOngoing(now)
                            ? List.of(state, new Headers.Header("x-cos-restore-status", restoration.status()))
                            : List.of(state);
                })
                .orElse(List.of());
    }

    private static void lock(List<Headers.Header> headers, ObjectLock lock) {
        lock.retention().ifPresent(retention -> {
            headers.add(new Headers.Header(
                    "x-cos-object-lock-mode", retention.mode().name()));
            headers.add(new Headers.Header("x-cos-object-lock-retain-until-date", retention.untilText()));
        });
        lock.hold().ifPresent(hold -> headers.add(new Headers.Header("x-cos-object-lock-legal-hold", hold.name())));
    }

    /** What 304 answers. */
    static CosResponse notModified(ObjectVersion version) {
        return digests(CosResponse.of(304), version).with("Last-Modified", HttpDate.rfc1123(version.lastModified()));
    }

    /**
     * Looks at response-* parameters.
     *
     * @throws CosException {@code AccessDenied} if the request is not signed: otherwise a link to a public object could
     *     be turned into a page of the linker's making
     */
    static void checkOverrides(CosRequest request) {
        for (Query.Parameter parameter : request.query().all()) {
            if (!parameter.name().startsWith("response-")) {
                continue;
            }
            if (request.caller() instanceof Caller.Anonymous) {
                throw CosError.ACCESS_DENIED.because("Parameters response-* are for signed requests only.");
            }
            if (parameter.value().chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw CosError.INVALID_ARGUMENT.because(parameter.name() + " must not have control characters.");
            }
        }
    }
}
