package coffer.bench.loop;

import coffer.access.AccessRequest;
import coffer.access.Authorizer;
import coffer.access.BucketAccess;
import coffer.access.ConditionValues;
import coffer.access.Decision;
import coffer.access.Requesters;
import coffer.access.Resource;
import coffer.address.Address;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.bench.CosSigner;
import coffer.bench.FolderRemoval;
import coffer.cam.AccessKeys;
import coffer.cam.Cam;
import coffer.encryption.KeyRegister;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.identity.Caller;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Who sent a request and what he may do, with 10,000 users in the real store, each of whom may have sent it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccountsBenchmark {
    private static final int ACCOUNTS = 100;
    private static final int USERS = 100;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z"));

    private HttpRequest[] requests = {};
    private final Address address = Stage.addresses().parse(new Stage().signed("GET", "/photos/cat.jpg"));

    private Path folder = Path.of("");
    private Optional<LocalEngine> engine = Optional.empty();
    private Optional<CosAuthenticator> authenticator = Optional.empty();
    private Requesters requesters = Requesters.ROOTS;

    @Setup(Level.Trial)
    public void makeUsers() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("coffer-accounts");
        LocalEngine opened = LocalEngine.open(folder.resolve("data"), LocalOptions.DEFAULT);
        engine = Optional.of(opened);
        SecureRandom random = new SecureRandom();
        MasterKeys keys = KeyRegister.keys(opened.metadata(), "system", folder.resolve("keys"), random);
        KeyRegister register = KeyRegister.open(opened.metadata(), "system", keys);
        Cam cam = Cam.over(opened.metadata(), new MasterKeyService(keys, register, random), CLOCK, random);
        authenticator = Optional.of(new CosAuthenticator(cam.keyring(), new FailedAttempts(CLOCK), CLOCK));
        requesters = cam.requesters();
        List<HttpRequest> made = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            String appId = Integer.toString(1_300_000_000 + i);
            threads.add(Thread.startVirtualThread(() -> fill(cam, appId, made)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        requests = made.toArray(HttpRequest[]::new);
        if (requests.length != ACCOUNTS * USERS) {
            throw new IllegalStateException("only " + requests.length + " users were made");
        }
    }

    /** Makes an account whose users have a policy of their own and one by their group. */
    private static void fill(Cam cam, String appId, List<HttpRequest> requests) {
        var _ = cam.accounts().create("bench", Optional.of(appId));
        var _ = cam.groups().create(appId, "group");
        var _ = cam.groups().attach(appId, "group", "QcloudCOSReadOnlyAccess");
        for (int i = 0; i < USERS; i++) {
            String user = "user" + i;
            var _ = cam.users().create(appId, user);
            var _ = cam.users().join(appId, user, "group");
            var _ = cam.users().attach(appId, user, "QcloudCOSDataWriteOnly");
            AccessKeys.NewKey key = cam.keys().create(appId, Optional.of(user));
            String lines = new CosSigner(key.secretId(), key.secretKey(), CLOCK.instant())
                    .headerLines("GET", Stage.HOST, "/photos/cat.jpg", new TreeMap<>());
            requests.add(new HttpRequest(
                    "GET",
                    "/photos/cat.jpg",
                    Headers.of(
                            "Host",
                            Stage.HOST,
                            "Authorization",
                            lines.substring(lines.indexOf(' ') + 1).strip()),
                    RequestBody.EMPTY,
                    "127.0.0.1",
                    Optional.empty()));
        }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        engine.ifPresent(LocalEngine::close);
        FolderRemoval.remove(folder);
    }

    /** The key, its owner, the signature. */
    @Benchmark
    public Caller verify() {
        HttpRequest request = requests[ThreadLocalRandom.current().nextInt(requests.length)];
        return authenticator.orElseThrow().authenticate(request, address, Query.NONE);
    }

    /** The same, and what the policies of the user and its group say. */
    @Benchmark
    public Decision verifyAndAuthorize() {
        HttpRequest request = requests[ThreadLocalRandom.current().nextInt(requests.length)];
        Caller.Signed caller = (Caller.Signed) authenticator.orElseThrow().authenticate(request, address, Query.NONE);
        Resource object = Resource.bucket(
                        "ap-guangzhou",
                        caller.account(),
                        "photos-" + caller.account().appId())
                .object("photos/cat.jpg");
        return Authorizer.decide(
                new AccessRequest(requesters.of(caller), "GetObject", object, ConditionValues.NONE),
                BucketAccess.PRIVATE,
                Optional::empty);
    }
}
