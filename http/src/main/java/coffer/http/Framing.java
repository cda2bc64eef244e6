package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Gathers from the headers of one request where its body ends and what becomes of the connection. Source: RFC 9112
 * sections 3.2, 6 and 9.3, RFC 9110 section 10.1.1.
 *
 * <p>Stricter than it has to be: one Content-Length at most, even if repeated ones agree, and {@code chunked} alone as a
 * transfer coding. Proxies in front disagree about everything else, which is how requests are smuggled.
 */
final class Framing {
    private static final int MAX_LENGTH_DIGITS = 18;

    private @Nullable String contentLength;
    private @Nullable String transferEncoding;
    private @Nullable String host;
    private @Nullable String expect;
    private boolean saysClose;
    private boolean saysKeepAlive;

    /** Looks at one header. */
    void see(Headers.Header header) {
        String name = header.name();
        switch (name.length()) {
            case 4 -> {
                if (name.equalsIgnoreCase("Host")) {
                    host = only("Host", host, header.value());
                }
            }
            case 6 -> {
                if (name.equalsIgnoreCase("Expect")) {
                    expect = only("Expect", expect, header.value());
                }
            }
            case 10 -> {
                if (name.equalsIgnoreCase("Connection")) {
                    connection(header.value());
                }
            }
            case 14 -> {
                if (name.equalsIgnoreCase("Content-Length")) {
                    contentLength = only("Content-Length", contentLength, header.value());
                }
            }
            case 17 -> {
                if (name.equalsIgnoreCase("Transfer-Encoding")) {
                    transferEncoding = only("Transfer-Encoding", transferEncoding, header.value());
                }
            }
            default -> {}
        }
    }

    /**
     * The head with what the headers say.
     *
     * @throws CosException if they say nothing definite
     */
    RequestHead head(String method, String target, boolean http10, Headers headers) {
        if (host == null ? !http10 : !Octets.isHost(host)) {
            throw CosError.BAD_REQUEST.because("There must be one valid Host header.");
        }
        long bodyBytes = bodyBytes(http10);
        boolean keepAlive = !saysClose && (!http10 || saysKeepAlive);
        return new RequestHead(
                method, target, headers, keepAlive, http10, expectsContinue(http10) && bodyBytes != 0, bodyBytes);
    }

    private long bodyBytes(boolean http10) {
        if (transferEncoding != null) {
            if (contentLength != null) {
                throw CosError.BAD_REQUEST.because("There are both Content-Length and Transfer-Encoding.");
            }
            if (http10 || !transferEncoding.equalsIgnoreCase("chunked")) {
                throw CosError.BAD_REQUEST.because("The only Transfer-Encoding is chunked, and only in HTTP/1.1.");
            }
            return RequestHead.CHUNKED;
        }
        if (contentLength == null) {
            return 0;
        }
        if (contentLength.isEmpty()
                || contentLength.length() > MAX_LENGTH_DIGITS
                || !contentLength.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw CosError.BAD_REQUEST.because("Content-Length is not a number of bytes.");
        }
        return Long.parseLong(contentLength);
    }

    private boolean expectsContinue(boolean http10) {
        // An empty list of expectations expects nothing. Source: RFC 9110, sections 5.6.1 and 10.1.1.
        if (expect == null || expect.isEmpty()) {
            return false;
        }
        if (!expect.equalsIgnoreCase("100-continue")) {
            throw CosError.EXPECTATION_FAILED.exception();
        }
        return !http10;
    }

    private void connection(String value) {
        if (value.equalsIgnoreCase("keep-alive")) {
            saysKeepAlive = true;
            return;
        }
        for (String token : value.split(",", -1)) {
            saysClose |= token.strip().equalsIgnoreCase("close");
            saysKeepAlive |= token.strip().equalsIgnoreCase("keep-alive");
        }
    }

    private static String only(String name, @Nullable String before, String value) {
        if (before != null) {
            throw CosError.BAD_REQUEST.because("There is more than one " + name + " header.");
        }
        return value;
    }
}
