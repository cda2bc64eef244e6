package coffer.api;

/**
 * A request as the HTTP server decoded it, before anything is known of its meaning.
 *
 * @param method upper case
 * @param target as it stood on the request line: origin form, or absolute form from clients that take us for a proxy
 * @param headers all header lines
 * @param body what follows; may still be on its way
 * @param remoteAddress the peer's IP address in text
 * @param secure whether it came over TLS
 */
public record HttpRequest(
        String method, String target, Headers headers, RequestBody body, String remoteAddress, boolean secure) {
    /** The same with other headers and another body. */
    public HttpRequest with(Headers otherHeaders, RequestBody otherBody) {
        return new HttpRequest(method, target, otherHeaders, otherBody, remoteAddress, secure);
    }
}
