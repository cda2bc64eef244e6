package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpDate;
import coffer.api.Query;
import coffer.identity.Caller;
import coffer.request.CosRequest;
import java.util.List;
import java.util.Locale;

/** The headers that answers carry about an object, spelled as the Java SDK looks them up. */
public final class ObjectHeaders {
    /** Header and the parameter that overrides it. Source: COS API reference, "GET Object". */
    private static final List<String> OVERRIDABLE = List.of(
            "Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding");

    private ObjectHeaders() {}

    /** What a write answers. */
    public static CosResponse written(CosResponse response, ObjectVersion version) {
        return response.with("ETag", version.quotedEtag())
                .with("x-cos-hash-crc64ecma", Long.toUnsignedString(version.crc64()));
    }

    /** What GET and HEAD answer. */
    static CosResponse describe(CosResponse begun, ObjectVersion version, Query query) {
        CosResponse response = begun;
        for (String name : OVERRIDABLE) {
            response = response.with(
                    name,
                    query.nonEmpty("response-" + name.toLowerCase(Locale.ROOT))
                            .or(() -> version.attributes().contentHeader(name)));
        }
        response = written(response, version)
                .with("Accept-Ranges", "bytes")
                .with("Last-Modified", HttpDate.rfc1123(version.lastModified()))
                .with(
                        "x-cos-website-redirect-location",
                        version.attributes().contentHeader("x-cos-website-redirect-location"))
                .with("x-cos-object-type", version.isAppendable() ? "appendable" : "normal");
        if (version.attributes().storageClass() != StorageClass.STANDARD) {
            response = response.with(
                    "x-cos-storage-class", version.attributes().storageClass().name());
        }
        for (var metadata : version.attributes().metadata().entrySet()) {
            response = response.with("x-cos-meta-" + metadata.getKey(), metadata.getValue());
        }
        return response;
    }

    /** What 304 answers. */
    static CosResponse notModified(ObjectVersion version) {
        return written(CosResponse.of(304), version).with("Last-Modified", HttpDate.rfc1123(version.lastModified()));
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
