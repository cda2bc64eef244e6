package coffer.conformance.background;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A web server that has what a bucket lacks. */
final class OwnOrigin implements AutoCloseable {
    private static final int LARGE_BYTES = 8 * 1024 * 1024;

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    OwnOrigin() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * A request it has got.
     *
     * @param target path and query as they travelled
     */
    record Asked(String target, Map<String, List<String>> headers) {
        /** The value of a header, or the empty text. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** Host and port. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has it answer a path, without its query, so. */
    void has(String path, int status, Map<String, String> headers, byte[] body) {
        answers.put(path, new Answer(status, headers, body));
    }

    /** Has it have a text. */
    void has(String path, String text) {
        has(path, 200, Map.of("Content-Type", "text/plain"), text.getBytes(UTF_8));
    }

    /** What takes more than a moment and does not fit into a row. */
    static byte[] large() {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** From now on it sends the first half of what it has, and waits. */
    void stall() {
        gate = new CountDownLatch(1);
    }

    /** It waits no more. */
    void goOn() {
        gate.countDown();
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders())));
        Answer answer = answers.getOrDefault(
                exchange.getRequestURI().getRawPath(), new Answer(404, Map.of(), "nothing".getBytes(UTF_8)));
        answer.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body;
        try (exchange) {
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
                gate.await();
                exchange.getResponseBody().write(body, body.length / 2, body.length - body.length / 2);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
    }
}
