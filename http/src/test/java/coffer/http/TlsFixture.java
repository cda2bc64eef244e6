package coffer.http;

import coffer.api.Gateway;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Identities, and servers and clients that speak TLS, for tests. */
final class TlsFixture {
    static final String NAME = "demo-1250000000.cos.ap-guangzhou.myqcloud.com";
    static final Identity FIRST = identity("CN=first");
    static final Identity SECOND = identity("CN=second");

    static final TlsOptions.Tunnels TUNNELS = new TlsOptions.Tunnels(
            host -> host.toLowerCase(Locale.ROOT).endsWith(".myqcloud.com") || host.equals("::1"), "*.myqcloud.com");

    private TlsFixture() {}

    private static Identity identity(String subject) {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .subject(subject)
                    .addSanDnsName(NAME)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new Identity(
                    List.of(bundle.getCertificate()), bundle.getKeyPair().getPrivate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static TlsOptions options() {
        return options(_ -> FIRST);
    }

    /** With a port for TLS alone, too. */
    static TlsOptions options(Identities identities) {
        return new TlsOptions(
                identities,
                Optional.of(TUNNELS),
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    static HttpServer start(Gateway gateway, TlsProvider provider) throws IOException {
        return start(Loopback.options().withTls(options()), gateway, provider);
    }

    static HttpServer start(HttpOptions options, Gateway gateway, TlsProvider provider) throws IOException {
        return HttpServer.start(options, gateway, InstantSource.system(), Transport.best(), provider);
    }

    /** A client that speaks TLS with whomever, once the handshake is done. */
    static RawClient connect(HttpServer server, String... protocols) throws IOException {
        return connectTo(server.address(), protocols);
    }

    static RawClient connectTo(InetSocketAddress address, String... protocols) throws IOException {
        SSLSocket socket = over(new RawClient(address, 0), NAME);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return new RawClient(socket);
    }

    /** TLS on top of a connection; the handshake is the caller's. */
    static SSLSocket over(RawClient client, String serverName) throws IOException {
        Socket plain = client.socket();
        SSLSocket socket = (SSLSocket) trustingAll()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    static X509Certificate certificateOf(RawClient client) throws IOException {
        return (X509Certificate) ((SSLSocket) client.socket()).getSession().getPeerCertificates()[0];
    }

    private static SSLContext trustingAll() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
