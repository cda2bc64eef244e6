package coffer.conformance;

/**
 * A client without keys.
 *
 * @param bucket where it tries its luck
 */
public record Stranger(TestBucket bucket) {
    /** Sends GET. {@code target} is the request target as it travels. */
    public RawResponse get(String target) {
        return send(bucket.request("GET", target));
    }

    /** Sends HEAD. */
    public RawResponse head(String target) {
        return send(bucket.request("HEAD", target));
    }

    /** Sends DELETE. */
    public RawResponse delete(String target) {
        return send(bucket.request("DELETE", target));
    }

    /** Sends PUT with a body. */
    public RawResponse put(String target, String body) {
        return send(bucket.request("PUT", target).body(body));
    }

    /** Sends POST with a body. */
    public RawResponse post(String target, String body) {
        return send(bucket.request("POST", target).body(body));
    }

    /** Sends a request made elsewhere. */
    public RawResponse send(RawRequest request) {
        return RawConnection.exchange(bucket.server(), request);
    }
}
