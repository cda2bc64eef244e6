package coffer.bench.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.bench.CosSigner;
import coffer.bench.FolderRemoval;
import coffer.cam.AccessKeys;
import coffer.cam.AccountInfo;
import coffer.cam.Cam;
import coffer.encryption.KeyRegister;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.identity.Caller;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.store.Engine;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalOptions;
import coffer.sts.Sts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who sent a request that is signed with a temporary key, by the accounts and the store on disk of a server with 10,000
 * users and 100,000 such keys: signature, token, and whether its user and his key are still there.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {
    private static final int ACCOUNTS = 100;
    private static final int USERS_OF_EACH = 100;
    private static final int TOKENS = 100_000;

    /** Few enough to be remembered. */
    private static final int USED_OFTEN = 1_000;

    private static final String POLICY = "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\","
            + "\"action\":[\"name/cos:PutObject\",\"name/cos:GetObject\"],"
            + "\"resource\":[\"qcs::cos:ap-guangzhou:uid/1250000000:bench-1250000000/*\"]}]}";
    private static final String PATH = "/photos/cat.jpg";
    private static final String HOST = Stage.HOST;
    private static final String STS_HOST = "sts.tencentcloudapi.com";
    private static final Address ADDRESS = Stage.addresses().parse(get(PATH, Headers.of("Host", HOST)));
    private static final Instant NOW = Instant.parse("2026-02-02T08:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final List<HttpRequest> requests = new ArrayList<>(TOKENS);
    private Path folder = Path.of("");
    private Optional<Engine> engine = Optional.empty();
    private Optional<CosAuthenticator> authenticator = Optional.empty();
    private int next;

    @Setup
    public void fill() throws IOException {
        folder = Files.createTempDirectory("tokens");
        Engine opened = LocalEngine.open(folder.resolve("data"), LocalOptions.DEFAULT);
        engine = Optional.of(opened);
        InstantSource clock = InstantSource.fixed(NOW);
        MasterKeys keys = KeyRegister.keys(opened.metadata(), "system", folder.resolve("keys"), random);
        KeyService service = new MasterKeyService(keys, KeyRegister.open(opened.metadata(), "system", keys), random);
        Cam cam = Cam.over(opened.metadata(), service, clock, random);
        FailedAttempts attempts = new FailedAttempts(clock);
        Sts sts = Sts.over(opened.metadata(), service, cam, cam.keyring(), clock, random);
        authenticator = Optional.of(new CosAuthenticator(sts.keyring(), attempts, clock));
        List<AccessKeys.NewKey> users = users(cam);
        Gateway gateway = sts.gateway(new Stage().dispatcher(), Stage.addresses(), attempts);
        for (int i = 0; i < TOKENS; i++) {
            requests.add(request(gateway, users.get(i % users.size()), i));
        }
    }

    private static List<AccessKeys.NewKey> users(Cam cam) {
        List<AccessKeys.NewKey> users = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountInfo account =
                    cam.accounts().create("account " + i, Optional.of(Integer.toString(1_250_000_000 + i)));
            for (int j = 0; j < USERS_OF_EACH; j++) {
                String appId = account.account().appId();
                String uin = cam.users().create(appId, "user" + j).uin();
                users.add(cam.keys().create(appId, Optional.of(uin)));
            }
        }
        return users;
    }

    private static HttpRequest request(Gateway gateway, AccessKeys.NewKey user, int i) {
        JsonNode made = credentials(gateway, user, i);
        String lines = new CosSigner(
                        made.path("TmpSecretId").asString(),
                        made.path("TmpSecretKey").asString(),
                        NOW)
                .headerLines("GET", HOST, PATH, new TreeMap<>());
        String authorization = lines.substring(lines.indexOf(' ') + 1).strip();
        String token = made.path("Token").asString();
        return get(PATH, Headers.of("Host", HOST, "Authorization", authorization, "x-cos-security-token", token));
    }

    /** As a client asks for them. */
    private static JsonNode credentials(Gateway gateway, AccessKeys.NewKey user, int i) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "Action", "GetFederationToken",
                "Name", "bench",
                "Nonce", "1",
                "Policy", POLICY.replace("*", i + "/*"),
                "SecretId", user.secretId(),
                "Timestamp", Long.toString(NOW.getEpochSecond()),
                "Version", "2018-08-13"));
        StringBuilder signed = new StringBuilder();
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> {
            signed.append(signed.isEmpty() ? "" : "&").append(name).append('=').append(value);
            query.append(name).append('=').append(PercentCode.encode(value)).append('&');
        });
        String signature = PercentCode.encode(hmac(user.secretKey(), "GET" + STS_HOST + "/?" + signed));
        HttpRequest call = get("/?" + query + "Signature=" + signature, Headers.of("Host", STS_HOST));
        CosResponse answer = gateway.prepare(call).answer();
        if (answer.body() instanceof ResponseBody.Bytes body) {
            JsonNode made =
                    JsonMapper.shared().readTree(body.bytes()).path("Response").path("Credentials");
            if (made.isObject()) {
                return made;
            }
        }
        throw new IllegalStateException("no temporary key but " + answer);
    }

    private static HttpRequest get(String target, Headers headers) {
        return new HttpRequest("GET", target, headers, RequestBody.EMPTY, "127.0.0.1", Optional.empty());
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @TearDown
    public void remove() throws IOException {
        engine.orElseThrow().close();
        FolderRemoval.remove(folder);
    }

    /** The same temporary keys again and again: their tokens are opened once. */
    @Benchmark
    public Caller usedOften() {
        return authenticate(USED_OFTEN);
    }

    /** More temporary keys than are remembered, in turn: each token is opened anew. */
    @Benchmark
    public Caller usedOnce() {
        return authenticate(TOKENS);
    }

    private Caller authenticate(int among) {
        next = (next + 1) % among;
        HttpRequest request = requests.get(next);
        return authenticator.orElseThrow().authenticate(request, ADDRESS, Query.NONE);
    }
}
