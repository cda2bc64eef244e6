package coffer.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An answer. Header names are written precisely as given here: the official Java client looks them up case-sensitively.
 * {@code Content-Length}, {@code Transfer-Encoding}, {@code Connection} and {@code Date} are the HTTP server's business.
 *
 * @param status HTTP status
 * @param headers in the order they are written
 * @param body what follows
 * @param bytesPerSecond how fast the body may go out, 0 for no limit
 */
public record CosResponse(int status, List<Headers.Header> headers, ResponseBody body, long bytesPerSecond) {
    public CosResponse {
        headers = List.copyOf(headers);
    }

    /** An answer without headers and body. */
    public static CosResponse of(int status) {
        return new CosResponse(status, List.of(), new ResponseBody.None(0), 0);
    }

    /** 200 without a body. */
    public static CosResponse ok() {
        return of(200);
    }

    /** 204. */
    public static CosResponse noContent() {
        return of(204);
    }

    /** 200 with an XML document. */
    public static CosResponse xml(XmlWriter document) {
        return ok().with("Content-Type", "application/xml").withBody(new ResponseBody.Bytes(document.toBytes()));
    }

    public CosResponse with(String name, String value) {
        List<Headers.Header> more = new ArrayList<>(headers);
        more.add(new Headers.Header(name, value));
        return new CosResponse(status, more, body, bytesPerSecond);
    }

    /** As {@link #with(String, String)} if there is a value, else unchanged. */
    public CosResponse with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    public CosResponse withAll(List<Headers.Header> additional) {
        List<Headers.Header> more = new ArrayList<>(headers);
        more.addAll(additional);
        return new CosResponse(status, more, body, bytesPerSecond);
    }

    public CosResponse withBody(ResponseBody newBody) {
        return new CosResponse(status, headers, newBody, bytesPerSecond);
    }

    public CosResponse withBytesPerSecond(long limit) {
        return new CosResponse(status, headers, body, limit);
    }

    /** The value of the first header of this name, in any case. */
    public Optional<String> header(String name) {
        return Headers.of(headers).first(name);
    }
}
