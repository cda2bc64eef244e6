package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.ObjectMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Object lock of a test's bucket, by requests written by hand where the Java SDK has no call. */
record Locks(TestBucket bucket) {
    static final String MODE = "x-cos-object-lock-mode";
    static final String UNTIL = "x-cos-object-lock-retain-until-date";
    static final String HOLD = "x-cos-object-lock-legal-hold";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Turns object lock on for a bucket whose objects are locked only if their writers ask for it. */
    static Locks on(TestBucket bucket) {
        return new Locks(bucket).configured("");
    }

    /** Turns object lock on for a bucket whose objects are kept for days. */
    static Locks on(TestBucket bucket, int days) {
        return new Locks(bucket).configured(rule(days));
    }

    private Locks configured(String rule) {
        RawResponse answer = configure(rule);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        return this;
    }

    static String rule(int days) {
        return "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>" + days + "</Days></DefaultRetention></Rule>";
    }

    /** PUT Bucket object-lock. */
    RawResponse configure(String rule) {
        return bucket.exchange(bucket.request("PUT", "/?object-lock")
                .body("<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>" + rule
                        + "</ObjectLockConfiguration>"));
    }

    /** PUT Object retention. */
    RawResponse retain(String target, Instant until) {
        return bucket.exchange(bucket.request("PUT", target)
                .body("<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>" + until
                        + "</RetainUntilDate></Retention>"));
    }

    /** PUT Object legal hold. */
    RawResponse hold(String target, String status) {
        return bucket.exchange(
                bucket.request("PUT", target).body("<LegalHold><Status>" + status + "</Status></LegalHold>"));
    }

    /** Writes an object that is kept for an hour. */
    String putLocked(String key, String text) {
        return put(key, text, inAnHour());
    }

    /** Writes an object that is kept until then; hands back its version id. */
    String put(String key, String text, Instant until) {
        String version =
                bucket.put(key, text.getBytes(UTF_8), metadata(headers(until))).getVersionId();
        return version == null ? "null" : version;
    }

    /** Until when an object is kept, as HEAD says. */
    Instant until(String key) {
        return Instant.parse(bucket.cos()
                .getObjectMetadata(bucket.name(), key)
                .getRawMetadataValue(UNTIL)
                .toString());
    }

    static Map<String, String> headers(Instant until) {
        return Map.of(MODE, "COMPLIANCE", UNTIL, until.toString());
    }

    static ObjectMetadata metadata(Map<String, String> headers) {
        ObjectMetadata metadata = new ObjectMetadata();
        headers.forEach(metadata::setHeader);
        return metadata;
    }

    static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
    }

    static Instant soon() {
        return Instant.now().plusMillis(1200).truncatedTo(ChronoUnit.MILLIS);
    }

    static void assertLocked(Executable call) {
        assertRefused(409, "ObjectLocked", call);
    }

    /** Repeats a call for as long as the object is locked; it must be, and not longer than until then. */
    static void assertLockedUntil(Instant until, Runnable call) {
        boolean wasLocked = false;
        while (true) {
            Instant asked = Instant.now();
            try {
                call.run();
                assertThat(wasLocked).isTrue();
                assertThat(Instant.now()).isAfterOrEqualTo(until);
                return;
            } catch (CosServiceException refused) {
                assertThat(refused.getErrorCode()).isEqualTo("ObjectLocked");
                assertThat(asked).isBefore(until.plus(PATIENCE));
                wasLocked = true;
            }
        }
    }
}
