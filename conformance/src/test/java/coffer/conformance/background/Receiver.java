package coffer.conformance.background;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook, as a user would write one: it believes only messages that are signed. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> records = new ArrayList<>();
    private final List<String> forged = new ArrayList<>();
    private volatile String secret = "";
    private volatile int status = 200;

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The secret it shares with the server: {@code whsec_} and base64. */
    void share(String sharedSecret) {
        secret = sharedSecret;
    }

    /** What it answers from now on; what it answers otherwise than by 200 it forgets. */
    void answer(int newStatus) {
        status = newStatus;
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        synchronized (records) {
            if (!isSigned(exchange, body)) {
                forged.add(new String(body, UTF_8));
            } else if (status == 200) {
                JSON.readTree(body).get("Records").forEach(records::add);
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** As the libraries of Standard Webhooks do it. */
    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(UTF_8));
            boolean isNow = Math.abs(Long.parseLong(time) - System.currentTimeMillis() / 1000) < 300;
            return isNow && signature.equals("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    List<JsonNode> records() {
        synchronized (records) {
            return new ArrayList<>(records);
        }
    }

    List<String> forged() {
        synchronized (records) {
            return new ArrayList<>(forged);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
