package coffer.conformance.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.ObjectMetadata;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retention and legal hold of single objects. The Java SDK has calls for neither. */
@Shows({"GetObjectRetention", "PutObjectRetention", "GetObjectLegalHold", "PutObjectLegalHold"})
@ExtendWith(SharedCoffer.class)
class ObjectRetentionIT {
    @Test
    void isReadAsItWasWritten(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        bucket.put("free", "text");
        RawResponse none = bucket.exchange("GET", "/free?retention");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.errorCode()).isEqualTo("NoSuchObjectLockConfiguration");

        Instant until = Locks.inAnHour();
        lock.put("k", "text", until);
        RawResponse read = bucket.exchange("GET", "/k?retention");
        assertThat(read.xml().getNodeName()).isEqualTo("Retention");
        assertThat(read.elementNames()).containsExactly("Mode", "RetainUntilDate");
        assertThat(read.element("Mode")).isEqualTo("COMPLIANCE");
        assertThat(read.element("RetainUntilDate")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(read.element("RetainUntilDate"))).isEqualTo(until);
    }

    @Test
    void onlyGetsLonger(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        Instant until = Locks.inAnHour();
        lock.put("k", "text", until);
        ObjectMetadata before = bucket.cos().getObjectMetadata(bucket.name(), "k");
        RawResponse shorter = lock.retain("/k?retention", until.minusMillis(1));
        assertThat(shorter.status()).isEqualTo(409);
        assertThat(shorter.errorCode()).isEqualTo("InvalidLockedTime");
        assertThat(lock.until("k")).isEqualTo(until);
        assertThat(lock.retain("/k?retention", until).status()).isEqualTo(200);
        assertThat(lock.retain("/k?retention", until.plusSeconds(60)).status()).isEqualTo(200);
        assertThat(lock.until("k")).isEqualTo(until.plusSeconds(60));
        ObjectMetadata after = bucket.cos().getObjectMetadata(bucket.name(), "k");
        assertThat(after.getETag()).isEqualTo(before.getETag());
        assertThat(after.getLastModified()).isEqualTo(before.getLastModified());
    }

    @Test
    void canBeginLater(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        bucket.put("k", "text");
        assertThat(lock.retain("/k?retention", Instant.now().minusSeconds(1)).errorCode())
                .isEqualTo("InvalidLockedTime");
        Instant until = Locks.soon();
        assertThat(lock.retain("/k?retention", until).status()).isEqualTo(200);
        Locks.assertLockedUntil(until, () -> bucket.cos().deleteObject(bucket.name(), "k"));
    }

    @Test
    void needsObjectLockAndAnObject(TestBucket bucket, TestBucket unlocked) {
        unlocked.put("k", "text");
        Locks none = new Locks(unlocked);
        assertThat(none.retain("/k?retention", Locks.inAnHour()).errorCode()).isEqualTo("InvalidRequest");
        assertThat(none.hold("/k?legal-hold", "ON").errorCode()).isEqualTo("InvalidRequest");
        assertThat(unlocked.exchange("GET", "/k?retention").errorCode()).isEqualTo("NoSuchObjectLockConfiguration");
        unlocked.cos().deleteObject(unlocked.name(), "k");

        Locks lock = Locks.on(bucket);
        assertThat(lock.retain("/k?retention", Locks.inAnHour()).errorCode()).isEqualTo("NoSuchKey");
        assertThat(lock.hold("/k?legal-hold", "ON").errorCode()).isEqualTo("NoSuchKey");
        bucket.put("k", "text");
        String absent = "&versionId=MTg0NDUxNzgzMTk1Mzk4OTYyODM";
        assertThat(lock.retain("/k?retention" + absent, Locks.inAnHour()).errorCode())
                .isEqualTo("NoSuchVersion");
        assertThat(lock.hold("/k?legal-hold" + absent, "ON").errorCode()).isEqualTo("NoSuchVersion");
    }

    @ParameterizedTest
    @CsvSource({
        "<Retention/>, MalformedXML",
        "<Retain/>, MalformedXML",
        "<Retention><RetainUntilDate>soon</RetainUntilDate></Retention>, InvalidArgument",
        "<Retention><Mode>NONE</Mode><RetainUntilDate>2999-01-01T00:00:00Z</RetainUntilDate></Retention>,"
                + " InvalidArgument",
        "<Retention><RetainUntilDate>+10000-01-01T00:00:00Z</RetainUntilDate></Retention>, InvalidArgument",
    })
    void refusesAnotherDocument(String document, String code, TestBucket bucket) {
        Locks.on(bucket);
        bucket.put("k", "text");
        assertThat(bucket.exchange(bucket.request("PUT", "/k?retention").body(document))
                        .errorCode())
                .isEqualTo(code);
    }

    @Test
    void aHoldLastsUntilItIsTakenOff(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        bucket.put("k", "text");
        assertNeverHeld(bucket);
        assertThat(lock.hold("/k?legal-hold", "ON").status()).isEqualTo(200);
        assertThat(lock.hold("/k?legal-hold", "ON").status()).isEqualTo(200);
        RawResponse read = bucket.exchange("GET", "/k?legal-hold");
        assertThat(read.xml().getNodeName()).isEqualTo("LegalHold");
        assertThat(read.element("Status")).isEqualTo("ON");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadataValue(Locks.HOLD))
                .isEqualTo("ON");
        Locks.assertLocked(() -> bucket.put("k", "new"));
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), "k"));
        assertThat(lock.hold("/k?legal-hold", "OFF").status()).isEqualTo(200);
        assertThat(bucket.exchange("GET", "/k?legal-hold").element("Status")).isEqualTo("OFF");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadataValue(Locks.HOLD))
                .isEqualTo("OFF");
        bucket.put("k", "new");
    }

    @Test
    void aHoldComesWithAWriteAndOutlastsItsRetention(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        Instant until = Locks.soon();
        Map<String, String> both = new HashMap<>(Locks.headers(until));
        both.put(Locks.HOLD, "ON");
        bucket.put("held", "text".getBytes(UTF_8), Locks.metadata(both));
        lock.put("clock", "text", until);
        Locks.assertLockedUntil(until, () -> bucket.cos().deleteObject(bucket.name(), "clock"));
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), "held"));
        lock.hold("/held?legal-hold", "OFF");
        bucket.cos().deleteObject(bucket.name(), "held");
    }

    @Test
    void takingTheHoldOffLeavesTheRetention(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        lock.putLocked("k", "text");
        lock.hold("/k?legal-hold", "ON");
        lock.hold("/k?legal-hold", "OFF");
        Locks.assertLocked(() -> bucket.cos().deleteObject(bucket.name(), "k"));
    }

    @Test
    void aHoldIsOfAVersion(TestBucket bucket) {
        bucket.enableVersioning();
        Locks lock = Locks.on(bucket);
        String first = bucket.put("k", "first").getVersionId();
        bucket.put("k", "second");
        lock.hold("/k?legal-hold&versionId=" + first, "ON");
        assertNeverHeld(bucket);
        Locks.assertLocked(() -> bucket.cos().deleteVersion(bucket.name(), "k", first));
        lock.hold("/k?legal-hold&versionId=" + first, "OFF");
        bucket.cos().deleteVersion(bucket.name(), "k", first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<LegalHold/>",
                "<LegalHold><Status>HALF</Status></LegalHold>",
                "<Hold><Status>ON</Status></Hold>"
            })
    void refusesAnotherHold(String document, TestBucket bucket) {
        Locks.on(bucket);
        bucket.put("k", "text");
        RawResponse answer =
                bucket.exchange(bucket.request("PUT", "/k?legal-hold").body(document));
        assertThat(answer.status()).isEqualTo(400);
        assertNeverHeld(bucket);
    }

    private static void assertNeverHeld(TestBucket bucket) {
        RawResponse answer = bucket.exchange("GET", "/k?legal-hold");
        assertThat(answer.status() + " " + answer.errorCode()).isEqualTo("404 NoSuchObjectLockConfiguration");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadataValue(Locks.HOLD))
                .isNull();
    }
}
