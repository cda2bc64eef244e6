package coffer.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request as it will travel: nothing is added that the test did not ask for, but {@code Host}. Not thread-safe. */
public final class RawRequest {
    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = new byte[0];

    private RawRequest(String method, String host, String target) {
        this.method = method;
        this.target = target;
        headers.put("Host", host);
    }

    /** A request without body. */
    public static RawRequest to(String method, String host, String target) {
        return new RawRequest(method, host, target);
    }

    /** Adds a header, or replaces it. */
    public RawRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sets the body and its Content-Length. */
    public RawRequest body(byte[] bytes) {
        body = bytes.clone();
        return header("Content-Length", Integer.toString(bytes.length));
    }

    /** Sets the body and its Content-Length. */
    public RawRequest body(String text) {
        return body(text.getBytes(UTF_8));
    }

    /** Signs method, path, all query parameters and all headers set so far, for an hour from now. */
    public RawRequest signed() {
        return signed(RequestSignature.validAt(Instant.now()));
    }

    /** Signs method, path, all query parameters and all headers set so far. */
    public RawRequest signed(RequestSignature signature) {
        return header("Authorization", signature.authorization(method, target, headers));
    }

    /** Request line and headers with the blank line, without the body. */
    public byte[] head() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(new String(value.getBytes(UTF_8), ISO_8859_1))
                .append("\r\n"));
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    /** Everything after the blank line. */
    public byte[] body() {
        return body.clone();
    }

    /** The answer to this has no body, whatever its Content-Length says. */
    boolean isHead() {
        return method.equals("HEAD");
    }
}
