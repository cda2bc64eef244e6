package coffer.http;

import coffer.api.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Servers for tests: on a free port of the loopback interface, quick to close. */
final class Loopback {
    private Loopback() {}

    static HttpOptions options() {
        return HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withEventLoops(1)
                .withTimeouts(HttpOptions.Timeouts.DEFAULT.withDrain(Duration.ofMillis(200)));
    }

    static HttpServer start(Gateway gateway) throws IOException {
        return HttpServer.start(options(), gateway);
    }
}
