package coffer.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** One TCP connection, with reads that give up after 20 seconds. Not thread-safe. */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RawConnection(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connects. */
    public static RawConnection open(CofferProcess server) {
        return open(server.address());
    }

    /** Connects. */
    public static RawConnection open(InetSocketAddress address) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(address, TIMEOUT_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Goes on by TLS on the same socket; returns when the handshake is done.
     *
     * @param serverName whom to ask for; that it proves to be so is checked
     */
    public RawConnection secured(Trust trust, String serverName) {
        try {
            return new RawConnection(trust.handshake(socket, serverName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate that the server has shown. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for the server's own TLS behind a name, as a client does with a proxy. */
    public RawResponse connect(String target) {
        send(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(UTF_8));
        try {
            in.mark(20);
            boolean isMade = new String(in.readNBytes(12), UTF_8).endsWith(" 200");
            in.reset();
            return read(isMade);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a connection for one exchange. */
    public static RawResponse exchange(CofferProcess server, RawRequest request) {
        try (RawConnection connection = open(server)) {
            return connection.exchange(request);
        }
    }

    /** Sends a request whole and reads its answer. */
    public RawResponse exchange(RawRequest request) {
        send(request.head());
        send(request.body());
        return read(request);
    }

    /** Sends bytes. */
    public void send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will be sent; answers can still be read. */
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer to a request. */
    public RawResponse read(RawRequest request) {
        return read(request.isHead());
    }

    /** Reads one answer to a request that was not HEAD. */
    public RawResponse read() {
        return read(false);
    }

    /** Reads one answer, unless the server closes the connection without one. */
    public Optional<RawResponse> readIfAny() {
        try {
            in.mark(1);
            if (in.read() < 0) {
                return Optional.empty();
            }
            in.reset();
            return Optional.of(read());
        } catch (SocketException reset) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed the connection; waits for either that or a byte. */
    public boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawResponse read(boolean headOnly) {
        try {
            String[] line = line().split(" ", 3);
            List<Entry<String, String>> headers = new ArrayList<>();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                String value = header.substring(colon + 1).trim();
                headers.add(new SimpleImmutableEntry<>(header.substring(0, colon), value));
            }
            int status = Integer.parseInt(line[1]);
            boolean bodiless = headOnly || status < 200 || status == 204 || status == 304;
            byte[] body = bodiless ? new byte[0] : body(headers);
            return new RawResponse(status, line.length > 2 ? line[2] : "", headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] body(List<Entry<String, String>> headers) throws IOException {
        for (Entry<String, String> header : headers) {
            switch (header.getKey().toLowerCase(Locale.ROOT)) {
                case "content-length" -> {
                    return exactly(Integer.parseInt(header.getValue()));
                }
                case "transfer-encoding" -> {
                    return chunks();
                }
                default -> {}
            }
        }
        return in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.writeBytes(exactly(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the answer ended after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended within a line: " + line.toString(ISO_8859_1));
            }
            line.write(octet);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
