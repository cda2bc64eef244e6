package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coffer.conformance.CofferProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, and answers some of the connections itself: that it is busy. */
final class BusyFront implements AutoCloseable {
    private static final byte[] BUSY =
            "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

    private final ServerSocket listening;
    private final CofferProcess server;
    private final int first;
    private final int last;
    private final AtomicInteger refused = new AtomicInteger();

    /** @param first number of the connection that it refuses first, from 1 */
    BusyFront(CofferProcess server, int first, int last) throws IOException {
        this.server = server;
        this.first = first;
        this.last = last;
        this.listening = new ServerSocket(0, 100, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    int refused() {
        return refused.get();
    }

    private void accept() {
        for (int number = 1; !listening.isClosed(); number++) {
            try {
                Socket client = listening.accept();
                boolean isRefused = number >= first && number <= last;
                Thread.ofVirtual().start(() -> serve(client, isRefused));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client, boolean isRefused) {
        try (client) {
            if (isRefused) {
                int _ = client.getInputStream().read();
                client.getOutputStream().write(BUSY);
                refused.incrementAndGet();
                return;
            }
            try (Socket behind =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                Thread back = Thread.ofVirtual().start(() -> pass(behind, client));
                pass(client, behind);
                back.join();
            }
        } catch (IOException e) {
            // whoever waits sees its connection closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // the other side sees the end
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
