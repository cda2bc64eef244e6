package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

/** {@code ./coffer import} between two servers that run. */
class ImportIT {
    private static final int PART_BYTES = 5 * 1024 * 1024;
    private static final byte[] LARGE = Scratch.bytes(2 * PART_BYTES + 1000, 7);
    private static final int SMALL = 300;
    private static final List<String> ODD = List.of(
            "a b",
            "a+b",
            "a%20b",
            "a%b",
            "ü/日本/🜁",
            "//",
            "slash/",
            "./..",
            "a&b=c?d#e",
            "'\"<>",
            "k".repeat(850),
            "~!*()");

    private final Path scratch = Scratch.directory("import-");
    private CofferProcess from;
    private CofferProcess to;
    private S3Client source;
    private S3Client target;

    @BeforeEach
    void start() {
        from = CofferProcess.start(scratch.resolve("from"));
        to = CofferProcess.start(scratch.resolve("to"));
        source = S3Sdk.client(from);
        target = S3Sdk.client(to);
        source.createBucket(request -> request.bucket("source"));
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
        from.close();
        to.close();
    }

    private String[] options(String... more) {
        List<String> all =
                new ArrayList<>(List.of("--from", "http://" + from.authority(), "--to", "http://" + to.authority()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CofferProcess.Ended importing(String... more) {
        return CofferProcess.importing(Map.of(), options(more));
    }

    private void put(String key, String text) {
        source.putObject(request -> request.bucket("source").key(key), RequestBody.fromString(text));
    }

    private void putLarge(String key) {
        String id = source.createMultipartUpload(
                        request -> request.bucket("source").key(key))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int i = 0; i * PART_BYTES < LARGE.length; i++) {
            byte[] part = Arrays.copyOfRange(LARGE, i * PART_BYTES, Math.min(LARGE.length, (i + 1) * PART_BYTES));
            int number = i + 1;
            String etag = source.uploadPart(
                            request -> request.bucket("source")
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(number),
                            RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        source.completeMultipartUpload(request ->
                request.bucket("source").key(key).uploadId(id).multipartUpload(upload -> upload.parts(parts)));
    }

    private static List<String> objects(S3Client s3, String bucket) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map((S3Object one) -> one.key() + " " + one.eTag() + " " + one.size())
                .toList();
    }

    @Test
    void bringsOverAllThatAnObjectHas() {
        ODD.forEach(key -> put(key, "text of " + key));
        put("empty", "");
        putLarge("large");
        source.putObject(
                request -> request.bucket("source")
                        .key("described")
                        .contentType("text/x; charset=utf-8")
                        .cacheControl("max-age=60")
                        .contentDisposition("attachment; filename=\"a\"")
                        .contentEncoding("x-none")
                        .contentLanguage("de")
                        .metadata(Map.of("colour", "grün", "n", "1"))
                        .tagging("team=a%2Bb&empty=")
                        .storageClass(StorageClass.STANDARD_IA),
                RequestBody.fromString("described"));

        CofferProcess.Ended ended = importing("--verify");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output())
                .contains("15 objects and 0 delete markers were copied", "everything is there", "dates and ACLs")
                .doesNotContain(Account.SECRET_KEY);
        assertThat(objects(target, "source"))
                .isEqualTo(objects(source, "source"))
                .hasSize(ODD.size() + 3);
        assertThat(target.getObjectAsBytes(request -> request.bucket("source").key("large"))
                        .asByteArrayUnsafe())
                .isEqualTo(LARGE);
        var described = target.headObject(request -> request.bucket("source").key("described"));
        var original = source.headObject(request -> request.bucket("source").key("described"));
        assertThat(described.contentType()).isEqualTo("text/x; charset=utf-8");
        assertThat(described.cacheControl()).isEqualTo("max-age=60");
        assertThat(described.contentDisposition()).isEqualTo("attachment; filename=\"a\"");
        assertThat(described.contentEncoding()).isEqualTo(original.contentEncoding());
        assertThat(described.contentLanguage()).isEqualTo("de");
        assertThat(described.metadata()).isEqualTo(original.metadata()).hasSize(2);
        assertThat(described.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        assertThat(target.getObjectTagging(request -> request.bucket("source").key("described"))
                        .tagSet())
                .extracting(Tag::key, Tag::value)
                .containsExactlyInAnyOrder(tuple("team", "a+b"), tuple("empty", ""));

        put("added", "later");
        put("a b", "changed");
        ended = importing();
        assertThat(ended.output()).contains("2 objects and 0 delete markers were copied", "14 were there already");
        assertThat(objects(target, "source")).isEqualTo(objects(source, "source"));
    }

    @Test
    void bringsOverVersionsInTheirOrder() {
        source.putBucketVersioning(request -> request.bucket("source")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        for (String text : List.of("one", "two", "three")) {
            put("a", text);
        }
        put("b", "one");
        source.deleteObject(request -> request.bucket("source").key("b"));
        put("b", "two");
        source.deleteObject(request -> request.bucket("source").key("c"));
        CofferProcess.Ended ended = importing("--versions", "--from-bucket", "source", "--to-bucket", "copy");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("5 objects and 2 delete markers were copied");
        assertThat(history(target, "copy")).isEqualTo(history(source, "source"));

        put("a", "four");
        source.deleteObject(request -> request.bucket("source").key("a"));
        ended = importing("--versions", "--from-bucket", "source", "--to-bucket", "copy");
        assertThat(ended.output()).contains("1 objects and 1 delete markers were copied");
        assertThat(history(target, "copy")).isEqualTo(history(source, "source"));
    }

    private static List<String> history(S3Client s3, String bucket) {
        ListObjectVersionsResponse all = s3.listObjectVersions(request -> request.bucket(bucket));
        List<String> history = new ArrayList<>();
        for (ObjectVersion version : all.versions()) {
            history.add(version.key() + " " + version.eTag() + " " + version.isLatest());
        }
        for (DeleteMarkerEntry marker : all.deleteMarkers()) {
            history.add(marker.key() + " " + marker.isLatest());
        }
        return history;
    }

    @Test
    void goesOnAfterKillsAndCopiesNothingTwice() throws Exception {
        for (int i = 0; i < SMALL; i++) {
            put("a/" + i, "small " + i);
            put("c/" + i, "small " + i);
        }
        for (int i = 0; i < 4; i++) {
            putLarge("b/" + i);
        }
        target.createBucket(request -> request.bucket("source"));
        target.putBucketVersioning(request -> request.bucket("source")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        String[] options = options("--journal", scratch.resolve("journal").toString(), "--concurrency", "2");
        for (int atLeast : List.of(SMALL / 3, SMALL + 1)) {
            Process process = CofferProcess.startImporting(scratch.resolve("killed.log"), Map.of(), options);
            while (process.isAlive() && objects(target, "source").size() < atLeast) {
                boolean _ = process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroyForcibly();
            process.waitFor();
        }
        try (FileChannel journal = FileChannel.open(scratch.resolve("journal"), StandardOpenOption.WRITE)) {
            FileLock _ = journal.lock();
            CofferProcess.Ended second = CofferProcess.importing(Map.of(), options);
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("Another import uses the journal");
        }
        CofferProcess.Ended ended = CofferProcess.importing(Map.of(), options);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(objects(target, "source"))
                .isEqualTo(objects(source, "source"))
                .hasSize(2 * SMALL + 4);
        assertThat(target.listObjectVersionsPaginator(request -> request.bucket("source")).versions().stream()
                        .count())
                .isEqualTo(2 * SMALL + 4);
        assertThat(target.listMultipartUploads(request -> request.bucket("source"))
                        .uploads())
                .isEmpty();
        CofferProcess.Ended other =
                importing("--journal", scratch.resolve("journal").toString(), "--prefix", "a/");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("is not the journal of an import of");
    }

    @Test
    void waitsForATargetThatIsBusy() throws Exception {
        for (int i = 0; i < 50; i++) {
            put("a/" + i, "small " + i);
        }
        try (BusyFront front = new BusyFront(to, 2, 12)) {
            CofferProcess.Ended ended =
                    CofferProcess.importing(Map.of(), "--from", "http://" + from.authority(), "--to", front.url());
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("requests were repeated");
            assertThat(front.refused()).isPositive();
        }
        assertThat(objects(target, "source")).isEqualTo(objects(source, "source"));
    }

    @Test
    void readsFromCosToo() {
        ODD.forEach(key -> put(key, "text of " + key));
        putLarge("large");
        CofferProcess.Ended ended = importing(
                "--from-dialect",
                "cos",
                "--from-path-style",
                "true",
                "--from-bucket",
                "source-" + Account.APPID,
                "--to-bucket",
                "copy",
                "--verify");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        // COS does not tell the parts of an object, so its ETag is another one.
        assertThat(ended.output()).contains("1 have an ETag that their copies cannot have");
        assertThat(objects(target, "copy"))
                .hasSize(ODD.size() + 1)
                .containsAll(objects(source, "source").stream()
                        .filter(one -> !one.startsWith("large"))
                        .toList());
        assertThat(target.getObjectAsBytes(request -> request.bucket("copy").key("large"))
                        .asByteArrayUnsafe())
                .isEqualTo(LARGE);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        put("a", "text");
        CofferProcess.Ended wrong =
                CofferProcess.importing(Map.of("COFFER_IMPORT_FROM_SECRET_KEY", "wrong-secret"), options());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.output()).contains("--from-access-key").doesNotContain("wrong-secret");
        CofferProcess.Ended none = importing("--from-bucket", "nothing");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.output()).contains("NoSuchBucket", "Check --from-bucket");
        Path journal = Files.writeString(scratch.resolve("notes"), "no journal\n");
        assertThat(importing("--journal", journal.toString()).output()).contains("is not the journal of an import");
        assertThat(importing("--concurrency", "99").exitCode()).isEqualTo(2);
        assertThat(importing("--to-bucket", "b").exitCode()).isEqualTo(2);
    }
}
