package coffer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import coffer.accesslog.AccessLog;
import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.awssignature.AwsAuthenticator;
import coffer.background.Scheduler;
import coffer.bucket.BucketLimits;
import coffer.bucket.BucketService;
import coffer.cam.AccountInfo;
import coffer.cam.Cam;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyRegister;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.http.HttpOptions;
import coffer.http.HttpServer;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.identity.RoleFinder;
import coffer.operation.Callers;
import coffer.operation.Dispatcher;
import coffer.operation.RequestMeter;
import coffer.operation.Services;
import coffer.outbound.Outbound;
import coffer.outbound.Targets;
import coffer.record.UniqueIds;
import coffer.restore.RestoreDelays;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.signature.RequestSigner;
import coffer.store.memory.MemoryEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Both APIs on sockets of their own over an engine in memory, and a client for the one that is tested. */
final class AdminFixture implements AutoCloseable {
    static final AccessKey ROOT =
            new AccessKey("AKIDrootkey", "root-secret", new Account("1250000000", "100000000001"));
    static final String OUTSIDE_TOKEN = "a-token-given-from-outside";

    /** Of a temporary key of the root user. */
    static final String SESSION_ID = "AKIDsession";

    private static final String REGION = "ap-guangzhou";

    private Duration passed = Duration.ZERO;
    private final Instant started = Instant.now();
    private final InstantSource clock = () -> started.plus(passed);
    /** The policy that the temporary key has now. */
    String sessionPolicy = "";

    final Cam cam;
    final Services services;
    private final HttpServer admin;
    private final HttpServer cos;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();

    /** @param folder for the file of master keys */
    AdminFixture(Path folder) throws IOException {
        MemoryEngine engine = new MemoryEngine();
        SecureRandom secure = new SecureRandom();
        MasterKeys masterKeys =
                KeyRegister.keys(engine.metadata(), BucketService.SYSTEM, folder.resolve("master-keys"), secure);
        KeyService keyService = new MasterKeyService(
                masterKeys, KeyRegister.open(engine.metadata(), BucketService.SYSTEM, masterKeys), secure);
        cam = Cam.over(engine.metadata(), keyService, clock, secure);
        AccountInfo _ = cam.accounts().adopt(ROOT.account(), "root");
        Keyring keys = (secretId, token) -> Optional.of(ROOT)
                .filter(key -> key.secretId().equals(secretId))
                .or(() -> session(secretId))
                .or(() -> cam.keyring().find(secretId, token));
        FailedAttempts attempts = new FailedAttempts(clock);
        Callers callers = new Callers(keys, cam.requesters(), BucketLimits.USUAL, attempts, RoleFinder.NONE);
        services = Services.over(
                engine,
                callers,
                new ContentKeys(keyService, secure),
                clock,
                new UniqueIds(clock, new Random()),
                List.of(REGION),
                RestoreDelays.NONE,
                Outbound.NONE,
                Targets.NONE);
        CosAuthenticator authenticator = new CosAuthenticator(keys, attempts, clock);
        cos = HttpServer.start(
                anyPort(),
                new Dispatcher(
                        new AddressParser(List.of(), List.of(REGION)),
                        authenticator,
                        new AwsAuthenticator(callers.keys(), callers.attempts(), clock, List.of(REGION)),
                        services,
                        AccessLog.NONE,
                        RequestMeter.NONE,
                        new Random()));
        AdminTokens tokens = new AdminTokens(engine.metadata(), Optional.of(OUTSIDE_TOKEN), clock, secure);
        ServerStatus status = new ServerStatus("test", clock.instant(), folder, ROOT.account(), List.of("here:1"));
        admin = HttpServer.start(
                anyPort(),
                new AdminGateway(
                        new AdminServices(
                                cam,
                                services,
                                tokens,
                                status,
                                Scheduler.start(engine, clock, List.of(), () -> {}),
                                Optional.empty(),
                                () -> services.usage().limit(cam.accounts()::limited)),
                        authenticator,
                        attempts,
                        ROOT.account(),
                        new Random()));
        audit.start();
        auditLog().addAppender(audit);
    }

    private Optional<AccessKey> session(String secretId) {
        return Optional.of(SESSION_ID)
                .filter(secretId::equals)
                .map(id -> new AccessKey(id, ROOT.secretKey(), ROOT.principal(), Optional.of(sessionPolicy)));
    }

    private static HttpOptions anyPort() {
        return HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withEventLoops(1);
    }

    private static Logger auditLog() {
        return (Logger) LoggerFactory.getLogger("audit");
    }

    void pass(Duration time) {
        passed = passed.plus(time);
    }

    /** An answer; the body is missing where there is none. */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        String text(String field) {
            return body.path(field).asString();
        }

        String error() {
            return body.path("error").path("code").asString();
        }

        String message() {
            return body.path("error").path("message").asString();
        }
    }

    /** Calls as the administrator. */
    Answer call(String method, String path, String body) {
        return callWith("Bearer " + OUTSIDE_TOKEN, method, path, body);
    }

    Answer call(String method, String path) {
        return call(method, path, "");
    }

    Answer callWith(String authorization, String method, String path, String body) {
        return send(
                admin.address(),
                method,
                path,
                body,
                authorization.isEmpty() ? List.of() : List.of("Authorization", authorization));
    }

    private Answer send(InetSocketAddress address, String method, String path, String body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            boolean isJson = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.equals("application/json"))
                    .isPresent();
            return new Answer(response.statusCode(), response, Json.tree(isJson ? response.body() : "{}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A COS signature of a request to the admin API. */
    String signed(AccessKey key, String method, String path) {
        return signature(key, method, path, "127.0.0.1:" + admin.address().getPort());
    }

    private String signature(AccessKey key, String method, String path, String host) {
        long now = clock.instant().getEpochSecond();
        return new RequestSigner(key.secretId(), key.secretKey())
                .sign(
                        new RequestSigner.Request(method, path, List.of(), List.of(new Headers.Header("host", host))),
                        now - 60,
                        now + 600)
                .authorization();
    }

    /** Sends a signed request to the COS API, in path style. */
    Answer cos(AccessKey key, String method, String path) {
        return cosSignedFor(key, method, path, "127.0.0.1:" + cos.address().getPort());
    }

    /** The same, signed for another host. */
    Answer cosSignedFor(AccessKey key, String method, String path, String host) {
        return send(cos.address(), method, path, "", List.of("Authorization", signature(key, method, path, host)));
    }

    String adminUrl() {
        return "http://127.0.0.1:" + admin.address().getPort();
    }

    List<String> audited() {
        return List.copyOf(audit.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        auditLog().detachAppender(audit);
        admin.close();
        cos.close();
        client.close();
    }
}
