package coffer.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;

/**
 * What handshakes are done with, one context for each identity: TLS 1.2 and 1.3, only ciphers that are forward secret and
 * authenticate what they encrypt, HTTP/1.1 alone, no renegotiation, no early data. Thread-safe.
 */
final class TlsContexts {
    /** Clients may ask for any number of names. */
    private static final int MAX_CONTEXTS = 128;

    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final ApplicationProtocolConfig HTTP_11 = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_1_1);

    private final Identities identities;
    private final TlsProvider provider;

    private final Cache<Identity, SslContext> contexts = Caffeine.newBuilder()
            .maximumSize(MAX_CONTEXTS)
            .executor(Runnable::run)
            .build();

    TlsContexts(Identities identities, TlsProvider provider) {
        this.identities = identities;
        this.provider = provider;
        if (provider == TlsProvider.JDK) {
            // Each renegotiation costs the server a signature. The JDK has no other way to refuse them, and looks at it
            // when it does its first handshake; BoringSSL refuses by itself.
            System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        }
    }

    /**
     * The context for a handshake.
     *
     * @param serverName whom the client asks for
     * @throws UncheckedIOException if the identity cannot be used
     */
    SslContext of(Optional<String> serverName) {
        return contexts.get(identities.of(serverName), this::context);
    }

    private SslContext context(Identity identity) {
        try {
            return SslContextBuilder.forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                    .sslProvider(provider.provider())
                    .trustManager(new TrustsNobody())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(HTTP_11)
                    .build();
        } catch (SSLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Clients are not asked for certificates; without this, those that the JDK trusts would be loaded. */
    private static final class TrustsNobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("certificates of clients mean nothing here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
