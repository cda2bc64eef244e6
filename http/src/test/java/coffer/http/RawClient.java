package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sends exactly the octets it is told to and reads answers strictly. Gives up after ten seconds. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** An answer as it came over the wire. */
    record Answer(String statusLine, Headers headers, byte[] body) {
        int status() {
            return Integer.parseInt(statusLine.substring(9, 12));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.all().stream()
                    .filter(header -> header.name().equals(name))
                    .map(Headers.Header::value)
                    .findFirst()
                    .orElse("(absent)");
        }
    }

    RawClient(HttpServer server) throws IOException {
        this(server, 0);
    }

    /** With a receive buffer of so many bytes, so that back-pressure is felt early. */
    RawClient(HttpServer server, int receiveBytes) throws IOException {
        this(server.address(), receiveBytes);
    }

    RawClient(InetSocketAddress address, int receiveBytes) throws IOException {
        socket = new Socket();
        if (receiveBytes > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(address, TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    /** Over a connected socket, for instance one that speaks TLS. */
    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    /** What it sends through and reads from. */
    Socket socket() {
        return socket;
    }

    /** Sends text as ISO-8859-1, one octet a character. */
    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] octets) throws IOException {
        out.write(octets);
        return this;
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    Answer answerToHead() throws IOException {
        return answer(true);
    }

    /** Reads one line without its CR LF. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended after \"" + line + "\".");
            }
            line.append((char) c);
        }
        if (in.read() != '\n') {
            throw new IOException("CR without LF");
        }
        return line.toString();
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The connection ended after " + bytes.length + " of " + count + " bytes.");
        }
        return bytes;
    }

    /** Whether the server has closed its side; waits for that. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** Says that no more will be sent. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Goes away with a reset rather than a farewell. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends 200 requests to a server that echoes, before it reads the first answer. */
    void assertAnswersPipelinedRequestsInOrder() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            all.append("PUT /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        }
        send(all.toString());
        for (int i = 0; i < 200; i++) {
            assertThat(answer().text()).isEqualTo("PUT /" + i + " abc");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer answer(boolean toHead) throws IOException {
        String statusLine = line();
        List<Headers.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            String value =
                    new String(line.substring(colon + 2).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            headers.add(new Headers.Header(line.substring(0, colon), value));
        }
        Answer head = new Answer(statusLine, Headers.of(headers), new byte[0]);
        boolean bare = toHead || head.status() == 204 || head.status() == 304 || head.status() == 100;
        return bare ? head : new Answer(statusLine, head.headers(), body(head));
    }

    private byte[] body(Answer head) throws IOException {
        if (head.header("Transfer-Encoding").equals("chunked")) {
            return chunks();
        }
        String length = head.header("Content-Length");
        return length.equals("(absent)") ? in.readAllBytes() : bytes(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var body = new java.io.ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(bytes(size));
            if (!line().isEmpty()) {
                throw new IOException("A chunk does not end with CR LF.");
            }
        }
        if (!line().isEmpty()) {
            throw new IOException("There are trailers.");
        }
        return body.toByteArray();
    }
}
