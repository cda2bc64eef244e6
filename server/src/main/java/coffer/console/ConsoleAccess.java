package coffer.console;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import java.util.List;
import java.util.Optional;

/**
 * In front of the data port: lets pages of the console read what they are answered, whatever rules a bucket has for
 * others. Whether there is anything to read is decided as ever, by the signature of each request; browsers send no
 * cookies here. Thread-safe.
 */
public final class ConsoleAccess implements Gateway {
    private static final String ALLOWED_HEADERS = "Access-Control-Request-Headers";
    private static final String KEPT_SECONDS = "600";

    private final Gateway next;
    private final ConsolePort port;

    public ConsoleAccess(Gateway next, ConsolePort port) {
        this.next = next;
        this.port = port;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        Optional<String> origin = port.origin(request);
        if (origin.isEmpty()) {
            return next.prepare(request);
        }
        boolean isPreflight = request.method().equals("OPTIONS")
                && request.headers().nonEmpty("Access-Control-Request-Method").isPresent();
        return isPreflight ? preflight(request, origin.get()) : allowed(next.prepare(request), origin.get());
    }

    @Override
    public CosResponse refuse(CosException error) {
        return next.refuse(error);
    }

    private static Prepared preflight(HttpRequest request, String origin) {
        CosResponse answer = CosResponse.noContent()
                .with("Access-Control-Allow-Origin", origin)
                .with("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, DELETE")
                .with("Access-Control-Allow-Headers", request.headers().nonEmpty(ALLOWED_HEADERS))
                .with("Access-Control-Max-Age", KEPT_SECONDS)
                .with("Vary", "Origin, " + ALLOWED_HEADERS);
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return true;
            }

            @Override
            public CosResponse answer() {
                return answer;
            }
        };
    }

    private static Prepared allowed(Prepared prepared, String origin) {
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return prepared.isBrief();
            }

            @Override
            public boolean isVital() {
                return prepared.isVital();
            }

            @Override
            public CosResponse answer() {
                return readable(prepared.answer(), origin);
            }

            @Override
            public void sent(int status, long bodyBytes) {
                prepared.sent(status, bodyBytes);
            }
        };
    }

    /** The answer with the console's own headers in place of those by the rules of the bucket. */
    private static CosResponse readable(CosResponse answer, String origin) {
        List<Headers.Header> kept = answer.headers().stream()
                .filter(header ->
                        !header.name().regionMatches(true, 0, "Access-Control-", 0, "Access-Control-".length()))
                .toList();
        return new CosResponse(answer.status(), kept, answer.body(), answer.bytesPerSecond())
                .with("Access-Control-Allow-Origin", origin)
                .with("Access-Control-Expose-Headers", "*")
                .with("Vary", "Origin");
    }
}
