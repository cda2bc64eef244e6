package coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.address.BucketName;
import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.multipart.AbortMultipartUpload;
import coffer.multipart.CompleteMultipartUpload;
import coffer.multipart.Upload;
import coffer.multipart.UploadPart;
import coffer.object.Attributes;
import coffer.object.DeleteObject;
import coffer.object.Extent;
import coffer.object.GovernanceBypass;
import coffer.object.ObjectListing;
import coffer.object.PutObject;
import coffer.object.VersionListing;
import coffer.operation.Services;
import coffer.rados.MortalCluster;
import coffer.store.Engine;
import coffer.store.ceph.CephCluster;
import coffer.store.rados.MortalEngine;
import coffer.versioning.Versioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A gateway that dies at each write that a request makes, and at each that frees what it released, while another lives on:
 * what was acknowledged is there, what was not is there as a whole or not at all, the request can be repeated, and in the
 * end nothing is stored that nobody has.
 */
class DeathAtEachStepTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String SMALL = text("small", 3000);
    private static final String LARGE = text("large", 9_000_000);
    private static final String OTHER = text("other", 4_500_000);
    private static final List<String> PARTS =
            List.of(text("part 1", 4_400_000), text("part 2", 1_100_000), text("part 3", 100_000));

    /** More steps than any request has. */
    private static final int MOST_STEPS = 100;

    @TempDir
    private Path folder;

    private String namespace = CephCluster.shared().newNamespace();
    private String pool = CephCluster.shared().dataPool();
    private Engine survivor;
    private Services services;
    private Bucket bucket;
    private StoreView view;

    /** A request to a key that has something already. */
    enum Change {
        PUT_SMALL(false, false),
        PUT_LARGE(false, false),
        OVERWRITE(false, true),
        OVERWRITE_BY_SMALL(false, true),
        ADD_VERSION(true, false),
        COMPLETE(false, false),
        COMPLETE_OVER_OBJECT(false, true),
        ABORT(false, true),
        DELETE(false, true),
        DELETE_VERSIONED(true, false),
        DELETE_VERSION(true, true);

        final boolean versioned;

        /** Whether it releases what has to be freed then. */
        final boolean releases;

        Change(boolean versioned, boolean releases) {
            this.versioned = versioned;
            this.releases = releases;
        }
    }

    private static String text(String name, int length) {
        return new String(StoreFixture.bytes(name, length), UTF_8);
    }

    @BeforeEach
    void open() {
        survivor = MortalEngine.survivor(namespace, pool);
        services = StoreFixture.services(survivor, folder, CLOCK);
        bucket = services.buckets()
                .create(StoreFixture.ACCOUNT, BucketName.parse("steps-1250000000"), "ap-guangzhou", false);
        view = new StoreView(services, bucket);
    }

    @AfterEach
    void close() {
        survivor.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingHalfDoneIsSeenOrLeft(Change change) {
        dieEverywhere(change);
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT_LARGE", "OVERWRITE"})
    void norOnAnErasureCodedPool(Change change) {
        survivor.close();
        pool = CephCluster.shared().erasureCodedPool();
        namespace = CephCluster.shared().newNamespace();
        open();
        dieEverywhere(change);
    }

    private void dieEverywhere(Change change) {
        if (change.versioned) {
            services.settings().put(bucket, Settings.VERSIONING, Versioning.ENABLED, BucketSettings.Rule.any());
            bucket = services.buckets().find(bucket.name()).orElseThrow();
            view = new StoreView(services, bucket);
        }
        int deaths = 0;
        for (MortalCluster.Last last : MortalCluster.Last.values()) {
            int step = 1;
            while (die(change, last, step)) {
                deaths++;
                step++;
                assertThat(step).isLessThan(MOST_STEPS);
            }
        }
        System.err.println(change + " in " + pool + ": " + deaths + " deaths");
        assertThat(deaths).isPositive();
        await("only what is named is stored", () -> stored().equals(named()));
    }

    /** Whether there was such a step. */
    private boolean die(Change change, MortalCluster.Last last, int step) {
        String key = change + "-" + last + "-" + step;
        RootRequest request = prepare(change, key);
        StoreView.Kept before = view.of(key);
        boolean acknowledged = false;
        boolean was;
        try (MortalEngine mortal = MortalEngine.open(namespace, pool)) {
            Services dying = StoreFixture.services(mortal.engine(), folder, CLOCK);
            mortal.cluster().endAt(step, last);
            try {
                requireDone(send(change, request, dying));
                acknowledged = true;
            } catch (MortalCluster.Killed e) {
                // as it shall be
            } catch (CompletionException e) {
                // A thread that the request has made died first.
                assertThat(e).hasCauseInstanceOf(MortalCluster.Killed.class);
            }
            if (acknowledged && change.releases) {
                awaitFreed(mortal);
            }
            was = mortal.cluster().writes() >= step;
        }
        StoreView.Kept after = expected(change, before);
        StoreView.Kept seen = view.of(key);
        boolean isDone = !seen.equals(before);
        if (isDone || acknowledged) {
            assertThat(seen).as("step %d of %s, %s", step, change, last).isEqualTo(after);
        }
        RootRequest.Outcome again = send(change, request, services);
        if (isDone && change == Change.ABORT) {
            assertThat(again.status()).startsWith("404");
        } else {
            requireDone(again);
        }
        boolean addsAgain = isDone && (change == Change.ADD_VERSION || change == Change.DELETE_VERSIONED);
        assertThat(view.of(key)).isEqualTo(addsAgain ? expected(change, after) : after);
        return was;
    }

    private RootRequest prepare(Change change, String key) {
        return switch (change) {
            case PUT_SMALL -> new RootRequest("PUT", bucket, key).body(SMALL);
            case PUT_LARGE -> new RootRequest("PUT", bucket, key).body(LARGE);
            case OVERWRITE, ADD_VERSION -> {
                put(key, OTHER);
                yield new RootRequest("PUT", bucket, key).body(LARGE);
            }
            case OVERWRITE_BY_SMALL -> {
                put(key, OTHER);
                yield new RootRequest("PUT", bucket, key).body(SMALL);
            }
            case COMPLETE -> upload(key);
            case COMPLETE_OVER_OBJECT -> {
                put(key, OTHER);
                yield upload(key);
            }
            case ABORT ->
                new RootRequest("DELETE", bucket, key).query(upload(key).query());
            case DELETE, DELETE_VERSIONED -> {
                put(key, LARGE);
                yield new RootRequest("DELETE", bucket, key);
            }
            case DELETE_VERSION -> {
                put(key, OTHER);
                put(key, LARGE);
                yield new RootRequest("DELETE", bucket, key).query("versionId=" + newest(key));
            }
        };
    }

    private static StoreView.Kept expected(Change change, StoreView.Kept before) {
        return switch (change) {
            case PUT_SMALL, OVERWRITE_BY_SMALL -> new StoreView.Kept(List.of(SMALL), 0);
            case PUT_LARGE, OVERWRITE -> new StoreView.Kept(List.of(LARGE), 0);
            case ADD_VERSION -> new StoreView.Kept(plus(LARGE, before.versions()), 0);
            case COMPLETE, COMPLETE_OVER_OBJECT -> new StoreView.Kept(List.of(String.join("", PARTS)), 0);
            case ABORT, DELETE -> new StoreView.Kept(List.of(), 0);
            case DELETE_VERSIONED -> new StoreView.Kept(plus(StoreView.MARKER, before.versions()), 0);
            case DELETE_VERSION -> new StoreView.Kept(List.of(OTHER), 0);
        };
    }

    private static List<String> plus(String first, List<String> others) {
        List<String> all = new ArrayList<>(others);
        all.addFirst(first);
        return all;
    }

    private static RootRequest.Outcome send(Change change, RootRequest request, Services s) {
        return switch (change) {
            case PUT_SMALL, PUT_LARGE, OVERWRITE, OVERWRITE_BY_SMALL, ADD_VERSION ->
                request.sentTo(new PutObject(s.buckets(), s.objects()));
            case COMPLETE, COMPLETE_OVER_OBJECT ->
                request.sentTo(new CompleteMultipartUpload(s.buckets(), s.objects(), s.uploads(), s.assembly()));
            case ABORT -> request.sentTo(new AbortMultipartUpload(s.buckets(), s.uploads()));
            case DELETE, DELETE_VERSIONED, DELETE_VERSION ->
                request.sentTo(new DeleteObject(s.buckets(), s.objects(), new GovernanceBypass(s.access())));
        };
    }

    private static void requireDone(RootRequest.Outcome outcome) {
        assertThat(outcome.status()).startsWith("20");
    }

    private void put(String key, String text) {
        requireDone(send(Change.PUT_SMALL, new RootRequest("PUT", bucket, key).body(text), services));
    }

    /** Begins an upload of some parts; returns the request that completes it. */
    private RootRequest upload(String key) {
        Upload upload = services.uploads()
                .initiate(
                        bucket,
                        key,
                        Attributes.of(Headers.NONE),
                        services.objects()
                                .encryption()
                                .begin(bucket, key, Headers.NONE)
                                .encryption(),
                        Optional.empty());
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < PARTS.size(); i++) {
            String etag = new RootRequest("PUT", bucket, key)
                    .query("partNumber=" + (i + 1) + "&uploadId=" + upload.id())
                    .body(PARTS.get(i))
                    .sentTo(new UploadPart(services.buckets(), services.objects(), services.uploads()))
                    .header("ETag")
                    .orElseThrow();
            document.append("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>".formatted(i + 1, etag));
        }
        document.append("</CompleteMultipartUpload>");
        return new RootRequest("POST", bucket, key)
                .query("uploadId=" + upload.id())
                .body(document.toString());
    }

    private String newest(String key) {
        ObjectListing.Selection one = new ObjectListing.Selection(key, "", "", 1);
        VersionListing.Entry entry = services.versionListing()
                .list(bucket, new VersionListing.Selection(one, ""))
                .entries()
                .getFirst();
        return ((VersionListing.Kept.Version) entry.kept()).version().id().text();
    }

    /** Waits until it has died, or has written nothing for a while. */
    private static void awaitFreed(MortalEngine mortal) {
        long before = mortal.cluster().writes();
        await(
                "what was released is being freed",
                () -> mortal.cluster().isDead() || mortal.cluster().writes() > before);
        long[] last = {-1, 0};
        await("it is freed", () -> {
            long now = mortal.cluster().writes();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return mortal.cluster().isDead() || System.nanoTime() - last[1] > 700_000_000L;
        });
    }

    private List<String> named() {
        List<String> named = new ArrayList<>();
        for (Extent extent : view.extents()) {
            named.addAll(MortalEngine.objectsOf(extent.blob(), extent.lengthBytes()));
        }
        Collections.sort(named);
        return named;
    }

    private List<String> stored() {
        List<String> stored = new ArrayList<>(MortalEngine.dataObjects(namespace, pool));
        Collections.sort(stored);
        return stored;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
