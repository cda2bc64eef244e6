package coffer.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One address for several servers: passes connections on to them in turn, as a balancer does. */
final class Forwarder implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Supplier<InetSocketAddress>> targets;
    private final AtomicInteger next = new AtomicInteger();

    /** Listens on a free port of the loopback. */
    Forwarder(List<Supplier<InetSocketAddress>> targets) {
        this.targets = List.copyOf(targets);
        try {
            listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                InetSocketAddress target = targets.get(Math.floorMod(next.getAndIncrement(), targets.size()))
                        .get();
                Thread.ofVirtual().start(() -> pass(client, target));
            } catch (IOException e) {
                // closed, or a client that has gone already
            }
        }
    }

    private static void pass(Socket client, InetSocketAddress target) {
        try (client;
                Socket server = new Socket()) {
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException e) {
            // whoever waits for an answer sees its connection closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies until one side ends, and then ends the other: by a half-close if it ended so, else at once. */
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
