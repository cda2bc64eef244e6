package coffer.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import java.util.Optional;

/**
 * {@code GET /-/health}, for whoever sends requests only where they are served: answered to anybody, under any load. Not a bucket:
 * no name begins with a hyphen. Not an object: hosts of buckets have theirs.
 */
record HealthCheck(ServerHealth health, RequestIds ids) implements Gateway.Prepared {
    private static final Optional<String> OWN = Optional.of("-");

    /** Whether a request is one. */
    static boolean isMeant(HttpRequest request, Address address) {
        return address.bucket().equals(OWN)
                && address.key().equals("health")
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public boolean isVital() {
        return true;
    }

    @Override
    public CosResponse answer() {
        Optional<String> why = health.unready().map(ServerHealth.Finding::message);
        CosResponse response = why.isPresent() ? CosResponse.of(503) : CosResponse.ok();
        String text = why.orElse("ok") + "\n";
        return ids.on(response.with("Content-Type", "text/plain; charset=utf-8")
                .with("Cache-Control", "no-store")
                .withBody(new ResponseBody.Bytes(text.getBytes(UTF_8))));
    }
}
