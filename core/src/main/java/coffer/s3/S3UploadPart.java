package coffer.s3;

import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Source: S3 API reference, "UploadPart". How parts are encrypted was settled when their upload began; S3 clients may
 * repeat it with each of them.
 */
public final class S3UploadPart implements Handler {
    private static final Set<String> SETTLED = Set.of(
            "x-cos-server-side-encryption",
            "x-cos-server-side-encryption-cos-kms-key-id",
            "x-cos-server-side-encryption-context");

    private final Handler uploadPart;

    public S3UploadPart(Handler uploadPart) {
        this.uploadPart = uploadPart;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        List<Headers.Header> headers = request.headers().all().stream()
                .filter(header -> !SETTLED.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList();
        return uploadPart.handle(request.with(Headers.of(headers)));
    }
}
