package coffer.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** What a start with certificates for development prints: how programs come to trust them. */
final class TrustGuide {
    private TrustGuide() {}

    /** The text, ending in a line break. */
    static String text(Path folder, InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : CofferConfig.host(address.getAddress().getHostAddress());
        return TEMPLATE.replace("%CA%", folder.resolve("ca").toString())
                .replace("%PROXY%", "http://" + host + ":" + address.getPort());
    }

    private static final String TEMPLATE = """

            https with certificates for development: they are signed by a CA of this data folder. Let a program trust it by

              curl      --cacert %CA%.pem
              Java      -Djavax.net.ssl.trustStore=%CA%.jks
              Node.js   export NODE_EXTRA_CA_CERTS=%CA%.pem
              Python    export REQUESTS_CA_BUNDLE=%CA%.pem SSL_CERT_FILE=%CA%.pem
              Go        export SSL_CERT_FILE=%CA%.pem

            and lead it here by the name that it uses anyway, for instance with

              export HTTPS_PROXY=%PROXY%

            Whoever has %CA%.key can pretend to be any server to those who trust %CA%.pem.

            """;
}
