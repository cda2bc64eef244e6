package coffer.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import coffer.console.ConsoleFiles.ConsoleFile;
import java.util.Optional;

/**
 * In front of the admin API: answers {@code /} and what its page loads with the console, all else is the API's. Nothing
 * that it hands out is secret. Thread-safe.
 */
public final class ConsoleGateway implements Gateway {
    private static final String INDEX = "index.html";
    private static final String CONFIGURATION = "console.json";
    private static final String ASSETS = "assets/";
    private static final String MISSING = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Coffer</title><h1>The console is not built</h1>
            <p>This server was built on a machine without npm of Node.js 20.19 or later. Install it, then run
            <code>./coffer build</code> and start the server anew. The admin API is there all the same.</p></html>
            """;

    private final Gateway next;
    private final ConsoleFiles files = new ConsoleFiles();
    private final int dataPort;
    private final byte[] configuration;

    /**
     * The console before an admin API.
     *
     * @param dataPort where the COS API is, on the same host
     * @param region the default one
     */
    public ConsoleGateway(Gateway next, int dataPort, String region) {
        this.next = next;
        this.dataPort = dataPort;
        this.configuration = "{\"dataPort\":%d,\"region\":\"%s\"}"
                .formatted(dataPort, region)
                .getBytes(UTF_8);
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        String target = request.target();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        boolean isOurs = path.equals("/") || path.equals("/" + CONFIGURATION) || path.startsWith("/" + ASSETS);
        if (!isOurs || !(request.method().equals("GET") || request.method().equals("HEAD"))) {
            return next.prepare(request);
        }
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return false;
            }

            @Override
            public CosResponse answer() {
                return secured(found(request, path.substring(1)), request);
            }
        };
    }

    @Override
    public CosResponse refuse(CosException error) {
        return next.refuse(error);
    }

    private CosResponse found(HttpRequest request, String name) {
        if (name.equals(CONFIGURATION)) {
            return of(200, request, "application/json", configuration).with("Cache-Control", "no-cache");
        }
        Optional<ConsoleFile> file = files.find(name.isEmpty() ? INDEX : name);
        if (file.isEmpty()) {
            return name.isEmpty()
                    ? of(200, request, "text/html; charset=utf-8", MISSING.getBytes(UTF_8))
                            .with("Cache-Control", "no-cache")
                    : of(404, request, "text/plain", new byte[0]).with("Cache-Control", "no-cache");
        }
        boolean zipped = request.headers().first("Accept-Encoding").orElse("").contains("gzip");
        byte[] bytes = zipped ? file.get().gzipped() : file.get().bytes();
        return of(200, request, file.get().type(), bytes)
                .with("Content-Encoding", zipped ? Optional.of("gzip") : Optional.empty())
                .with("Vary", "Accept-Encoding")
                // The names of assets change with what is in them.
                .with("Cache-Control", name.isEmpty() ? "no-cache" : "public, max-age=31536000, immutable");
    }

    private static CosResponse of(int status, HttpRequest request, String type, byte[] bytes) {
        return CosResponse.of(status)
                .with("Content-Type", type)
                .withBody(
                        request.method().equals("HEAD")
                                ? new ResponseBody.None(bytes.length)
                                : new ResponseBody.Bytes(bytes));
    }

    private CosResponse secured(CosResponse answer, HttpRequest request) {
        String data = ConsolePort.host(request)
                .map(host -> " " + ConsolePort.url(request.secure() ? "https" : "http", host, dataPort))
                .orElse("");
        return answer.with(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:;"
                                + " connect-src 'self'" + data + "; img-src 'self' data: blob:" + data
                                + "; media-src" + (data.isEmpty() ? " 'none'" : data) + "; frame-src"
                                + (data.isEmpty() ? " 'none'" : data)
                                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }
}
