package coffer.s3;

import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Answers what concerns an upload under way. How its parts are encrypted was settled when it began; S3 clients may repeat
 * it with each part and in the end. Source: S3 API reference, "UploadPart", "CompleteMultipartUpload".
 */
public final class SettledEncryption implements Handler {
    private static final Set<String> SETTLED = Set.of(
            "x-cos-server-side-encryption",
            "x-cos-server-side-encryption-cos-kms-key-id",
            "x-cos-server-side-encryption-context");

    private final Handler handler;

    public SettledEncryption(Handler handler) {
        this.handler = handler;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        List<Headers.Header> headers = request.headers().all().stream()
                .filter(header -> !SETTLED.contains(header.name().toLowerCase(Locale.ROOT)))
                .toList();
        return handler.handle(request.with(Headers.of(headers)));
    }
}
