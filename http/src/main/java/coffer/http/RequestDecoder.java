package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes request heads, strictly: what two readers could understand differently is refused. Source: RFC 9112 sections 2,
 * 3, 5. Not thread-safe; one for each connection.
 *
 * <table>
 * <caption>What is refused</caption>
 * <tr><td>request line too long, target not UTF-8</td><td>{@code InvalidURI}</td></tr>
 * <tr><td>a method that is not upper case</td><td>{@code MethodNotAllowed}</td></tr>
 * <tr><td>all else: header lines too long or too many, folded lines, LF without CR, control characters, blanks around
 * names, versions other than 1.0 and 1.1, targets of another form, and what {@link Framing} finds</td><td>{@code BadRequest}</td></tr>
 * </table>
 */
final class RequestDecoder {
    /** The one method whose target is no path. */
    static final String CONNECT = "CONNECT";

    /** RFC 9112 section 2.2 asks for one; a second comes from clients that end a body with CR LF. */
    private static final int MAX_BLANK_LINES = 2;

    private final int maxLineBytes;
    private final int maxHeaderBytes;
    private final int maxHeaders;
    private final LineReader lines = new LineReader();

    private @Nullable String method;
    private String target = "";
    private boolean http10;
    private List<Headers.Header> headers = new ArrayList<>();
    private Framing framing = new Framing();
    private int headerBytes;
    private int blankLines;

    RequestDecoder(HttpOptions.Limits limits) {
        maxLineBytes = limits.requestLineBytes();
        maxHeaderBytes = limits.headerBytes();
        maxHeaders = limits.headers();
    }

    /**
     * Takes as much of a head as there is.
     *
     * @return the head once it is complete
     * @throws CosException if it is refused; nothing after that can be decoded
     */
    @Nullable
    RequestHead decode(ByteBuf in) {
        try {
            return decodeLines(in);
        } catch (LineReader.BadLine bad) {
            throw switch (bad.fault) {
                case BARE_LINE_FEED -> CosError.BAD_REQUEST.because("A line of the request does not end in CR LF.");
                case TOO_LONG ->
                    method == null
                            ? CosError.INVALID_URI.because(
                                    "The request line is longer than " + maxLineBytes + " bytes.")
                            : CosError.BAD_REQUEST.because("The headers are longer than " + maxHeaderBytes + " bytes.");
            };
        }
    }

    /** Whether the request, as far as it is known, asks for headers only. */
    boolean isHead() {
        return "HEAD".equals(method);
    }

    private @Nullable RequestHead decodeLines(ByteBuf in) {
        while (true) {
            int length = lines.read(in, method == null ? maxLineBytes : maxHeaderBytes - headerBytes);
            if (length < 0) {
                return null;
            }
            if (method == null) {
                startLine(length);
            } else if (length > 0) {
                headerLine(lines.line(), length);
            } else {
                return finish(method);
            }
        }
    }

    private RequestHead finish(String complete) {
        RequestHead head = framing.head(complete, target, http10, Headers.of(headers));
        method = null;
        headers = new ArrayList<>();
        framing = new Framing();
        headerBytes = 0;
        blankLines = 0;
        lines.trim();
        return head;
    }

    private void startLine(int length) {
        if (length > 0) {
            requestLine(lines.line(), length);
        } else if (++blankLines > MAX_BLANK_LINES) {
            throw CosError.BAD_REQUEST.because("The request starts with blank lines.");
        }
    }

    private void requestLine(byte[] line, int length) {
        int first = indexOf(line, ' ', 0, length);
        int second = indexOf(line, ' ', first + 1, length);
        if (first < 0 || second < 0 || !Octets.isToken(line, 0, first) || !Octets.isTarget(line, first + 1, second)) {
            throw CosError.BAD_REQUEST.because("The request line is not <method> <target> <version>.");
        }
        http10 = isHttp10(line, second + 1, length);
        method = methodOf(line, first);
        target = utf8(line, first + 1, second);
        if (!method.equals(upperCase(method))) {
            throw CosError.METHOD_NOT_ALLOWED.exception();
        }
        if (!isOriginForm(target) && !isAbsoluteForm(target) && !target.equals("*") && !method.equals(CONNECT)) {
            throw CosError.BAD_REQUEST.because("The request target is neither a path nor a URL.");
        }
    }

    private static boolean isOriginForm(String target) {
        return target.charAt(0) == '/';
    }

    private static boolean isAbsoluteForm(String target) {
        return target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8);
    }

    private static String upperCase(String token) {
        return token.toUpperCase(java.util.Locale.ROOT);
    }

    /** The frequent methods without a new string for each request. */
    private static String methodOf(byte[] line, int length) {
        if (length == 3) {
            return line[0] == 'G' && line[1] == 'E' && line[2] == 'T'
                    ? "GET"
                    : line[0] == 'P' && line[1] == 'U' && line[2] == 'T' ? "PUT" : ascii(line, 0, length);
        }
        return ascii(line, 0, length);
    }

    private static boolean isHttp10(byte[] line, int from, int to) {
        String version = to - from == 8 ? ascii(line, from, to) : "";
        return switch (version) {
            case "HTTP/1.1" -> false;
            case "HTTP/1.0" -> true;
            default -> throw CosError.BAD_REQUEST.because("The version is neither HTTP/1.1 nor HTTP/1.0.");
        };
    }

    private void headerLine(byte[] line, int length) {
        headerBytes += length + 2;
        if (headers.size() == maxHeaders) {
            throw CosError.BAD_REQUEST.because("There are more than " + maxHeaders + " headers.");
        }
        if (line[0] == ' ' || line[0] == '\t') {
            throw CosError.BAD_REQUEST.because("A header is folded over several lines.");
        }
        int colon = indexOf(line, ':', 0, length);
        if (colon < 0 || !Octets.isToken(line, 0, colon)) {
            throw CosError.BAD_REQUEST.because("A header line does not start with a name and a colon.");
        }
        if (!Octets.isFieldValue(line, colon + 1, length)) {
            throw CosError.BAD_REQUEST.because("A header value has control characters.");
        }
        int from = colon + 1;
        int to = length;
        while (from < to && isBlank(line[from])) {
            from++;
        }
        while (from < to && isBlank(line[to - 1])) {
            to--;
        }
        Headers.Header header =
                new Headers.Header(ascii(line, 0, colon), new String(line, from, to - from, StandardCharsets.UTF_8));
        headers.add(header);
        framing.see(header);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static String ascii(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Strict where a value is not: two keys must not become one by way of replacement characters. */
    private static String utf8(byte[] line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] < 0) {
                try {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line, from, to - from))
                            .toString();
                } catch (CharacterCodingException e) {
                    throw CosError.INVALID_URI.because("The request target is not UTF-8.");
                }
            }
        }
        return ascii(line, from, to);
    }

    private static int indexOf(byte[] line, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
