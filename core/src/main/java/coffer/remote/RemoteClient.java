package coffer.remote;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.awssignature.AwsRequestSigner;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import coffer.outbound.RemoteStore;
import coffer.signature.RequestSigner;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes signed requests about a bucket of another store. Thread-safe. */
final class RemoteClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VALID_SECONDS = 900;

    private final Outbound outbound;
    private final RemoteStore store;
    private final String bucket;
    private final InstantSource clock;

    /** @param clock that of the world: others compare signatures with theirs */
    RemoteClient(Outbound outbound, RemoteStore store, String bucket, InstantSource clock) {
        this.outbound = outbound;
        this.store = store;
        this.bucket = bucket;
        this.clock = clock;
    }

    boolean isS3() {
        return store.dialect() == RemoteStore.Dialect.S3;
    }

    /** A header in the words of the store: {@code x-cos-} or {@code x-amz-} before it. */
    String header(String name) {
        return (isS3() ? "x-amz-" : "x-cos-") + name;
    }

    /**
     * Sends a request.
     *
     * @param key empty for the bucket itself; if the bucket has no name either, for the store
     * @param query parameters, decoded
     * @throws OutboundException if it was not answered
     */
    OutboundAnswer send(
            String method,
            String key,
            List<Headers.Header> query,
            List<Headers.Header> headers,
            Optional<OutboundRequest.Body> body) {
        boolean inPath = store.pathStyle() || bucket.isEmpty();
        String host = inPath
                ? store.endpoint().getRawAuthority()
                : bucket + "." + store.endpoint().getRawAuthority();
        String path = (inPath && !bucket.isEmpty() ? "/" + bucket : "") + "/" + key;
        // S3 signs the path as it stands in the request, so both must encode alike.
        String encoded = PercentCode.encodeKey(path);
        String parameters = query.isEmpty()
                ? ""
                : "?"
                        + String.join(
                                "&",
                                query.stream()
                                        .map(pair -> PercentCode.encode(pair.name()) + "="
                                                + PercentCode.encode(pair.value()))
                                        .toList());
        URI uri = URI.create(store.endpoint().getScheme() + "://" + host + encoded + parameters);
        List<Headers.Header> signed = new ArrayList<>(headers);
        signed.addAll(signature(method, host, path, encoded, query, headers));
        OutboundRequest request = new OutboundRequest(method, uri, Headers.of(signed), body, PATIENCE, false);
        return outbound.send(request);
    }

    private List<Headers.Header> signature(
            String method,
            String host,
            String path,
            String encoded,
            List<Headers.Header> query,
            List<Headers.Header> headers) {
        Instant now = clock.instant();
        if (isS3()) {
            return new AwsRequestSigner(store.secretId(), store.secretKey(), store.signingRegion())
                    .sign(method, host, encoded, query, headers, now);
        }
        RequestSigner.Request request =
                new RequestSigner.Request(method, path, query, List.of(new Headers.Header("Host", host)));
        String authorization = new RequestSigner(store.secretId(), store.secretKey())
                .sign(request, now.getEpochSecond() - 60, now.getEpochSecond() + VALID_SECONDS)
                .authorization();
        return List.of(new Headers.Header("Authorization", authorization));
    }
}
