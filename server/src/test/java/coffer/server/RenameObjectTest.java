package coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.integrity.StoreCheck;
import coffer.lock.ObjectLockConfiguration;
import coffer.object.AppendObject;
import coffer.object.Deletion;
import coffer.object.GetObject;
import coffer.object.ObjectSymlink;
import coffer.object.ObjectVersion;
import coffer.object.RenameObject;
import coffer.object.RestoreObject;
import coffer.operation.Services;
import coffer.restore.RestoreDelays;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Finding;
import coffer.store.MetadataStore;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import coffer.versioning.Versioning;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renaming, and what comes between its two commits. */
class RenameObjectTest {
    private static final String LARGE = "0123456789".repeat(100_000);

    private Instant now = Instant.parse("2026-03-02T09:34:50Z");
    private final InstantSource clock = () -> now;
    private final Path folder;
    private final StoreFixture store;
    private final Bucket bucket;

    RenameObjectTest(@TempDir Path scratch) {
        folder = scratch.resolve("data");
        store = new StoreFixture(folder, clock);
        bucket = store.bucket("photos");
    }

    /** Whatever happened, no row points to bytes that are not there, and no bytes are left that no row points to. */
    @AfterEach
    void nothingIsLostOrLeft() {
        store.close();
        List<Finding> findings = new ArrayList<>();
        try (LocalInspection inspection = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            Services services = StoreFixture.services(inspection.engine(), folder, clock);
            new StoreCheck(
                            inspection,
                            services.contentKeys(),
                            services.buckets(),
                            services.uploads(),
                            false,
                            findings::add)
                    .run();
        }
        assertThat(findings).isEmpty();
    }

    private String rename(Services s, String from, String to, Headers headers) {
        RootRequest request = new RootRequest("PUT", bucket, to).header("x-cos-rename-source", from);
        for (Headers.Header header : headers.all()) {
            request = request.header(header.name(), header.value());
        }
        return request.sentTo(new RenameObject(s.buckets(), s.objects(), s.access(), s.ids()))
                .status();
    }

    private String rename(String from, String to) {
        return rename(store.services(), from, to, Headers.NONE);
    }

    private String get(String key, Headers headers) {
        Services s = store.services();
        RootRequest request = new RootRequest("GET", bucket, key);
        for (Headers.Header header : headers.all()) {
            request = request.header(header.name(), header.value());
        }
        RootRequest.Outcome outcome = request.sentTo(new GetObject(s.buckets(), s.objects(), s.access()));
        return outcome.status().equals("200") ? outcome.text() : outcome.status();
    }

    private String get(String key) {
        return get(key, Headers.NONE);
    }

    private void put(String key, String text) {
        store.put(bucket, key, text.getBytes(UTF_8));
    }

    private ObjectVersion find(String key) {
        return store.services().objects().find(bucket, key).orElseThrow().version();
    }

    @Test
    void takesAllWithItThatIsSaidOfTheObject() {
        store.put(
                bucket,
                "a b/ü",
                LARGE.getBytes(UTF_8),
                Headers.of(
                        "Content-Type",
                        "text/plain",
                        "x-cos-meta-colour",
                        "red",
                        "x-cos-storage-class",
                        "ARCHIVE",
                        "x-cos-tagging",
                        "a=b"));
        Services s = store.services();
        assertThat(new RootRequest("POST", bucket, "a b/ü")
                        .body("<RestoreRequest><Days>1</Days></RestoreRequest>")
                        .sentTo(new RestoreObject(s.buckets(), s.objects(), RestoreDelays.NONE))
                        .status())
                .isEqualTo("202");
        ObjectVersion before = find("a b/ü");
        put("b", "overwritten");
        now = now.plusSeconds(60);
        assertThat(rename("a%20b/%C3%BC", "b")).isEqualTo("200");
        ObjectVersion after = find("b");
        assertThat(after.attributes()).isEqualTo(before.attributes());
        assertThat(after.restoration()).isEqualTo(before.restoration()).isPresent();
        assertThat(after.etag()).isEqualTo(before.etag());
        assertThat(after.lastModified()).isEqualTo(before.lastModified());
        assertThat(get("b")).isEqualTo(LARGE);
        assertThat(get("a b/ü")).isEqualTo("404 NoSuchKey");
    }

    @Test
    void whatWasAppendedToIsAppendedToOn() {
        Services s = store.services();
        AppendObject append = new AppendObject(s.buckets(), s.objects(), clock, s.ids());
        for (String key : List.of("log", "log.1")) {
            int position = key.equals("log") ? 0 : 3;
            assertThat(new RootRequest("POST", bucket, key)
                            .query("append&position=" + position)
                            .body("one")
                            .sentTo(append)
                            .status())
                    .isEqualTo("200");
            if (key.equals("log")) {
                assertThat(rename("log", "log.1")).isEqualTo("200");
            }
        }
        assertThat(get("log.1")).isEqualTo("oneone");
    }

    @Test
    void aSymlinkLeadsWhereItLed() {
        put("target", "text");
        Services s = store.services();
        ObjectSymlink symlink = new ObjectSymlink(s.buckets(), s.objects(), s.access(), clock, s.ids());
        assertThat(new RootRequest("PUT", bucket, "link")
                        .header("x-cos-symlink-target", "target")
                        .sentTo(symlink.put())
                        .status())
                .isEqualTo("200");
        assertThat(rename("link", "renamed")).isEqualTo("200");
        assertThat(get("renamed")).isEqualTo("text");
        assertThat(get("link")).isEqualTo("404 NoSuchKey");
        assertThat(rename("target", "elsewhere")).isEqualTo("200");
        assertThat(get("renamed")).isEqualTo("404 NoSuchKey");
    }

    @Test
    void encryptedObjectsStayWhatTheyAre() {
        store.put(bucket, "ours", LARGE.getBytes(UTF_8), StoreFixture.SSE_COS);
        store.put(bucket, "theirs", LARGE.getBytes(UTF_8), StoreFixture.CUSTOMER_KEY);
        assertThat(rename("ours", "ours2")).isEqualTo("200");
        assertThat(rename("theirs", "theirs2")).isEqualTo("400 SsecDecryptHeaderInvalid");
        assertThat(rename(store.services(), "theirs", "theirs2", StoreFixture.CUSTOMER_KEY))
                .isEqualTo("200");
        assertThat(get("ours2")).isEqualTo(LARGE);
        assertThat(find("ours2").content().encryption().isNone()).isFalse();
        assertThat(get("theirs2")).isEqualTo("400 SsecDecryptHeaderInvalid");
        assertThat(get("theirs2", StoreFixture.CUSTOMER_KEY)).isEqualTo(LARGE);
    }

    @Test
    void inAVersionedBucketTheOldKeyGetsADeleteMarker() {
        store.services().settings().put(bucket, Settings.VERSIONING, Versioning.ENABLED, BucketSettings.Rule.any());
        put("a", LARGE);
        String id = find("a").id().text();
        put("b", "before");
        String replaced = find("b").id().text();
        assertThat(rename("a", "b")).isEqualTo("200");
        assertThat(get("a")).isEqualTo("404 NoSuchKey");
        assertThat(get("b")).isEqualTo(LARGE);
        Services s = store.services();
        GetObject get = new GetObject(s.buckets(), s.objects(), s.access());
        assertThat(new RootRequest("GET", bucket, "a")
                        .query("versionId=" + id)
                        .sentTo(get)
                        .text())
                .isEqualTo(LARGE);
        assertThat(new RootRequest("GET", bucket, "b")
                        .query("versionId=" + replaced)
                        .sentTo(get)
                        .text())
                .isEqualTo("before");
    }

    @Test
    void whatIsLockedStays() {
        store.services()
                .settings()
                .put(
                        bucket,
                        Settings.OBJECT_LOCK,
                        new ObjectLockConfiguration(Optional.empty()),
                        BucketSettings.Rule.any());
        Headers held = Headers.of("x-cos-object-lock-legal-hold", "ON");
        store.put(store.services().buckets().find(bucket.name()).orElseThrow(), "held", "text".getBytes(UTF_8), held);
        put("free", "free");
        assertThat(rename("held", "b")).isEqualTo("409 ObjectLocked");
        assertThat(get("b")).isEqualTo("404 NoSuchKey");
        assertThat(rename("free", "held")).isEqualTo("409 ObjectLocked");
        assertThat(get("free")).isEqualTo("free");
        assertThat(get("held")).isEqualTo("text");
    }

    @Test
    void refusesWhatIsNoRename() {
        put("a", "text");
        put("b", "other");
        assertThat(rename("a", "a")).isEqualTo("400 InvalidArgument");
        assertThat(rename("absent", "b")).isEqualTo("404 NoSuchKey");
        assertThat(rename("%zz", "b")).isEqualTo("400 InvalidArgument");
        assertThat(rename("", "b")).isEqualTo("400 InvalidArgument");
        Headers once = Headers.of("x-cos-forbid-overwrite", "true");
        assertThat(rename(store.services(), "a", "b", once)).isEqualTo("409 FileAlreadyExists");
        assertThat(get("a") + get("b")).isEqualTo("textother");
        assertThat(rename(store.services(), "a", "c", once)).isEqualTo("200");
    }

    @Test
    void whatIsWrittenMeanwhileIsRenamedToo() {
        put("a", LARGE);
        Services s = happening(() -> put("a", "newer"), 1);
        assertThat(rename(s, "a", "b", Headers.of("x-cos-forbid-overwrite", "true")))
                .isEqualTo("200");
        assertThat(get("b")).isEqualTo("newer");
        assertThat(get("a")).isEqualTo("404 NoSuchKey");
    }

    @Test
    void whatIsDeletedMeanwhileWasRenamedBefore() {
        put("a", LARGE);
        Services s = happening(
                () -> {
                    Deletion _ = store.services().objects().delete(bucket, "a");
                },
                1);
        assertThat(rename(s, "a", "b", Headers.NONE)).isEqualTo("200");
        assertThat(get("b")).isEqualTo(LARGE);
    }

    @Test
    void givesUpWhenItChangesAllTheTimeAndLosesNothing() {
        put("a", LARGE);
        AtomicInteger count = new AtomicInteger();
        Services s = happening(() -> put("a", LARGE + count.incrementAndGet()), 100);
        assertThat(rename(s, "a", "b", Headers.NONE)).isEqualTo("409 PathConflict");
        assertThat(get("a")).isEqualTo(LARGE + count.get());
        assertThat(get("b")).isEqualTo(LARGE + (count.get() - 1));
    }

    @Test
    void whatEndsBetweenTheTwoLeavesBoth() {
        put("a", LARGE);
        Services s = intercepted(
                key -> {
                    if (key.equals("a")) {
                        throw new IllegalStateException("the end");
                    }
                },
                key -> {});
        assertThatThrownBy(() -> rename(s, "a", "b", Headers.NONE)).hasMessage("the end");
        store.close();
        store.reopen(clock);
        assertThat(get("a")).isEqualTo(LARGE);
        assertThat(get("b")).isEqualTo(LARGE);
        assertThat(rename("a", "b")).isEqualTo("200");
        assertThat(get("b")).isEqualTo(LARGE);
    }

    /** Services of the same store, but that something happens after a commit to the key {@code b}, a few times. */
    private Services happening(Runnable happening, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return intercepted(key -> {}, key -> {
            if (key.equals("b") && left.getAndDecrement() > 0) {
                happening.run();
            }
        });
    }

    /** Services of the same store that say to which key they commit, before and after. */
    private Services intercepted(Consumer<String> before, Consumer<String> after) {
        MetadataStore metadata = store.engine().metadata();
        MetadataStore watched = proxy(MetadataStore.class, (method, arguments) -> {
            if (!method.getName().equals("commit")) {
                return method.invoke(metadata, arguments);
            }
            String key = ((Commit) arguments[0]).group().key();
            before.accept(key);
            Object committed = method.invoke(metadata, arguments);
            after.accept(key);
            return committed;
        });
        Engine engine = proxy(
                Engine.class,
                (method, arguments) ->
                        method.getName().equals("metadata") ? watched : method.invoke(store.engine(), arguments));
        return StoreFixture.services(engine, folder, clock);
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
