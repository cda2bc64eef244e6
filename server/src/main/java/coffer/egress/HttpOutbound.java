package coffer.egress;

import coffer.api.Headers;
import coffer.outbound.AddressRules;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes requests with the client of Apache, which lets the addresses it connects to be chosen. Thread-safe.
 *
 * <p>It keeps no cookies, knows no proxies and no passwords, and repeats nothing by itself.
 */
public final class HttpOutbound implements Outbound, AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;
    private static final int MOST_PER_TARGET = 64;
    private static final Timeout CONNECT_PATIENCE = Timeout.ofSeconds(10);

    private final CloseableHttpClient client;

    private HttpOutbound(CloseableHttpClient client) {
        this.client = client;
    }

    /**
     * A client.
     *
     * @param rules where it may connect to
     * @param trust what certificates it believes; empty for those that the Java machine does
     * @param userAgent how it calls itself
     */
    public static HttpOutbound open(AddressRules rules, Optional<SSLContext> trust, String userAgent) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        // Metadata may have any letters, and stores write them so.
                        .charCodingConfig(CharCodingConfig.custom()
                                .setCharset(StandardCharsets.UTF_8)
                                .build())
                        .build())
                .setDnsResolver(new GuardedResolver(rules))
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_PER_TARGET)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_PATIENCE)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build());
        trust.ifPresent(context -> connections.setTlsSocketStrategy(
                ClientTlsStrategyBuilder.create().setSslContext(context).buildClassic()));
        PoolingHttpClientConnectionManager manager = connections.build();
        return new HttpOutbound(HttpClients.custom()
                .setConnectionManager(manager)
                .setUserAgent(userAgent)
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build());
    }

    @Override
    public OutboundAnswer send(OutboundRequest request) {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.uri());
        message.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(CONNECT_PATIENCE)
                .setResponseTimeout(Timeout.of(request.patience()))
                .setRedirectsEnabled(request.followsRedirects())
                .setMaxRedirects(OutboundRequest.MOST_REDIRECTS)
                .build());
        request.headers().all().forEach(header -> message.addHeader(header.name(), header.value()));
        request.body().ifPresent(body -> message.setEntity(new InputStreamEntity(body.in(), body.bytes(), null)));
        try {
            return answer(client.executeOpen(HttpHost.create(request.uri()), message, null));
        } catch (GuardedResolver.Refused e) {
            throw OutboundException.refused(String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            throw OutboundException.unreachable(request + " was not answered: " + e.getMessage(), e);
        }
    }

    private static OutboundAnswer answer(ClassicHttpResponse response) throws IOException {
        List<Headers.Header> headers = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            headers.add(new Headers.Header(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        long bytes = entity == null ? 0 : entity.getContentLength();
        return new OutboundAnswer(response.getCode(), Headers.of(headers), body, bytes, response);
    }

    /** Breaks what is under way. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
