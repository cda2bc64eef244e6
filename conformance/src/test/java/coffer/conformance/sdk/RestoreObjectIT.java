package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Policies;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.CASJobParameters;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.RestoreObjectRequest;
import com.qcloud.cos.model.StorageClass;
import com.qcloud.cos.model.Tier;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST Object restore, and what is archived until then. Restoring takes no time on this server. */
@Shows("RestoreObject")
@ExtendWith(SharedCoffer.class)
class RestoreObjectIT {
    private static final String ARCHIVED = "InvalidObjectState";

    private static void put(TestBucket bucket, String key, String storageClass) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setHeader("x-cos-storage-class", storageClass);
        bucket.put(key, "text".getBytes(UTF_8), metadata);
    }

    private static void restore(TestBucket bucket, String key, int days, Tier tier) {
        CASJobParameters parameters = new CASJobParameters();
        parameters.setTier(tier);
        bucket.cos().restoreObject(new RestoreObjectRequest(bucket.name(), key, days).withCASJobParameters(parameters));
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageClass.class,
            names = {"Archive", "Deep_Archive"})
    void isReadableOnceItIsRestored(StorageClass storageClass, TestBucket bucket) {
        put(bucket, "a b/旅", storageClass.toString());
        assertRefused(403, ARCHIVED, () -> bucket.text("a b/旅"));
        ObjectMetadata before = bucket.cos().getObjectMetadata(bucket.name(), "a b/旅");
        assertThat(before.getStorageClass()).isEqualTo(storageClass.toString().toUpperCase(Locale.ROOT));
        assertThat(before.getRestoreExpirationTime()).isNull();

        restore(bucket, "a b/旅", 2, Tier.Standard);
        assertThat(bucket.text("a b/旅")).isEqualTo("text");
        ObjectMetadata after = bucket.cos().getObjectMetadata(bucket.name(), "a b/旅");
        assertThat(after.getOngoingRestore()).isFalse();
        assertThat(after.getRestoreExpirationTime()).isEqualTo(midnightAfter(2));
        assertThat(after.getETag()).isEqualTo(before.getETag());
        assertThat(after.getLastModified()).isEqualTo(before.getLastModified());
        assertThat(after.getStorageClass()).isEqualTo(before.getStorageClass());
    }

    /** In Beijing. */
    private static Date midnightAfter(int days) {
        ZoneOffset beijing = ZoneOffset.ofHours(8);
        return Date.from(OffsetDateTime.ofInstant(Instant.now(), beijing)
                .toLocalDate()
                .plusDays(days + 1L)
                .atStartOfDay()
                .toInstant(beijing));
    }

    @Test
    void tellsTheBeginningFromAnExtension(TestBucket bucket) {
        put(bucket, "k", "ARCHIVE");
        String document = "<RestoreRequest><Days>%d</Days></RestoreRequest>";
        RawResponse begun = bucket.exchange(bucket.request("POST", "/k?restore").body(document.formatted(1)));
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body()).isEmpty();
        RawResponse extended =
                bucket.exchange(bucket.request("POST", "/k?restore").body(document.formatted(30)));
        assertThat(extended.status()).isEqualTo(200);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRestoreExpirationTime())
                .isEqualTo(midnightAfter(30));
        assertThat(bucket.exchange("GET", "/").element("RestoreStatus")).isEqualTo("DONE");
    }

    @Test
    void nothingReadsWhatIsArchived(TestBucket bucket) {
        put(bucket, "k", "ARCHIVE");
        assertAnswered(
                403, ARCHIVED, bucket.exchange(bucket.request("GET", "/k").header("Range", "bytes=0-1")));
        assertAnswered(
                403, ARCHIVED, bucket.exchange(bucket.request("GET", "/k").header("If-None-Match", "*")));
        assertRefused(403, ARCHIVED, () -> bucket.cos().copyObject(bucket.name(), "k", bucket.name(), "copy"));
        CopyObjectRequest changed = new CopyObjectRequest(bucket.name(), "k", bucket.name(), "k");
        changed.setStorageClass(StorageClass.Standard);
        assertRefused(403, ARCHIVED, () -> bucket.cos().copyObject(changed));
        Multipart upload = Multipart.initiate(bucket, "film");
        CopyPartRequest part = new CopyPartRequest();
        part.setSourceBucketName(bucket.name());
        part.setSourceKey("k");
        part.setDestinationBucketName(bucket.name());
        part.setDestinationKey("film");
        part.setUploadId(upload.id());
        part.setPartNumber(1);
        assertRefused(403, ARCHIVED, () -> bucket.cos().copyPart(part));

        restore(bucket, "k", 1, Tier.Bulk);
        bucket.cos().copyPart(part);
        bucket.cos().copyObject(bucket.name(), "k", bucket.name(), "copy");
        assertThat(bucket.text("copy")).isEqualTo("text");
        bucket.cos().copyObject(changed);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getStorageClass())
                .isNull();
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHIVE", "DEEP_ARCHIVE"})
    void everyKindOfWriteCanArchive(String storageClass, TestBucket bucket) {
        bucket.put("source", "text");
        ObjectMetadata archived = new ObjectMetadata();
        archived.setHeader("x-cos-storage-class", storageClass);

        CopyObjectRequest copy = new CopyObjectRequest(bucket.name(), "source", bucket.name(), "copied");
        copy.setStorageClass(storageClass);
        bucket.cos().copyObject(copy);
        Multipart upload =
                Multipart.initiate(bucket, new InitiateMultipartUploadRequest(bucket.name(), "uploaded", archived));
        upload.complete(List.of(upload.part(1, 10)));
        AppendObjectRequest append =
                new AppendObjectRequest(bucket.name(), "appended", new ByteArrayInputStream(new byte[4]), archived);
        archived.setContentLength(4);
        append.setPosition(0L);
        bucket.cos().appendObject(append);

        for (String key : List.of("copied", "uploaded", "appended")) {
            assertThat(bucket.cos().getObjectMetadata(bucket.name(), key).getStorageClass())
                    .isEqualTo(storageClass);
            assertRefused(403, ARCHIVED, () -> bucket.bytes(key));
            restore(bucket, key, 1, Tier.Standard);
            assertThat(bucket.bytes(key)).isNotEmpty();
        }
        append.setPosition(4L);
        assertAnswered(
                403,
                ARCHIVED,
                bucket.exchange(
                        bucket.request("POST", "/appended?append&position=4").body("more")));
    }

    @Test
    void restoresTheVersionThatIsNamed(TestBucket bucket) {
        bucket.enableVersioning();
        ObjectMetadata archived = new ObjectMetadata();
        archived.setHeader("x-cos-storage-class", "ARCHIVE");
        String first = bucket.put("k", "first".getBytes(UTF_8), archived).getVersionId();
        bucket.put("k", "second".getBytes(UTF_8), archived);
        bucket.cos().restoreObject(new RestoreObjectRequest(bucket.name(), "k", 1).withVersionId(first));
        assertThat(bucket.text("k", first)).isEqualTo("first");
        assertRefused(403, ARCHIVED, () -> bucket.text("k"));
        bucket.cos().deleteObject(bucket.name(), "k");
        assertRefused(404, "NoSuchKey", () -> bucket.cos().restoreObject(bucket.name(), "k", 1));
    }

    @Test
    void refusesWhatIsNotArchived(TestBucket bucket) {
        put(bucket, "k", "COLD");
        assertRefused(405, "RestoreNonArchiveObject", () -> bucket.cos().restoreObject(bucket.name(), "k", 1));
        assertRefused(404, "NoSuchKey", () -> bucket.cos().restoreObject(bucket.name(), "absent", 1));
        put(bucket, "deep", "DEEP_ARCHIVE");
        assertRefused(400, "InvalidArgument", () -> restore(bucket, "deep", 1, Tier.Expedited));
        assertRefused(400, "InvalidArgument", () -> restore(bucket, "deep", 366, Tier.Bulk));
        assertRefused(403, ARCHIVED, () -> bucket.text("deep"));
    }

    @ParameterizedTest
    @CsvSource({
        "<RestoreRequest><Days>0</Days></RestoreRequest>, InvalidArgument",
        "<RestoreRequest><Days>x</Days></RestoreRequest>, InvalidArgument",
        "<RestoreRequest/>, MalformedXML",
        "<RestoreRequest><Days>1</Days><CASJobParameters><Tier>Quick</Tier></CASJobParameters></RestoreRequest>,"
                + " InvalidArgument",
        "<Restore><Days>1</Days></Restore>, MalformedXML",
        "<RestoreRequest>, MalformedXML",
        "'', MissingRequestBodyError",
    })
    void refusesDocumentsThatSayNothing(String document, String code, TestBucket bucket) {
        put(bucket, "k", "ARCHIVE");
        assertAnswered(
                400, code, bucket.exchange(bucket.request("POST", "/k?restore").body(document)));
        assertRefused(403, ARCHIVED, () -> bucket.text("k"));
    }

    @Test
    void needsTheRightToRestore(TestBucket bucket) {
        put(bucket, "k", "ARCHIVE");
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        String document = "<RestoreRequest><Days>1</Days></RestoreRequest>";
        assertAnswered(403, "AccessDenied", new Stranger(bucket).post("/k?restore", document));
        bucket.cos()
                .setBucketPolicy(
                        bucket.name(), Policies.of(Policies.everybody("deny", "PostObjectRestore", bucket, "k")));
        assertRefused(403, "AccessDenied", () -> bucket.cos().restoreObject(bucket.name(), "k", 1));
    }
}
