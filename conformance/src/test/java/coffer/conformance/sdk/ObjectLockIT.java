package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketObjectLockConfiguration;
import com.qcloud.cos.model.CreateBucketRequest;
import com.qcloud.cos.model.HeadBucketRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Object lock of a bucket: how it is set, and what it does not go with. */
@Shows({"PutBucketObjectLockConfiguration", "GetBucketObjectLockConfiguration"})
@ExtendWith(SharedCoffer.class)
class ObjectLockIT {
    @Test
    void isEnabledWithoutARule(TestBucket bucket) {
        assertThat(bucket.cos().getBucketObjectLockConfiguration(bucket.name())).isNull();
        Locks.on(bucket);
        assertThat(bucket.cos().getBucketObjectLockConfiguration(bucket.name()).getStatus())
                .isEqualTo("Enabled");
        RawResponse read = bucket.exchange("GET", "/?object-lock");
        assertThat(read.xml().getNodeName()).isEqualTo("ObjectLockConfiguration");
        assertThat(read.elementNames()).containsExactly("ObjectLockEnabled");
    }

    @Test
    void theRuleCanBeChangedAndRemoved(TestBucket bucket) {
        Locks lock = Locks.on(bucket, 14);
        BucketObjectLockConfiguration read = bucket.cos().getBucketObjectLockConfiguration(bucket.name());
        assertThat(read.getStatus()).isEqualTo("Enabled");
        assertThat(read.getRetentionMode()).isEqualTo("COMPLIANCE");
        assertThat(read.getRetentionDays()).isEqualTo(14);
        for (int days : new int[] {36500, 1}) {
            assertThat(lock.configure(Locks.rule(days)).status()).isEqualTo(200);
            assertThat(bucket.cos()
                            .getBucketObjectLockConfiguration(bucket.name())
                            .getRetentionDays())
                    .isEqualTo(days);
        }
        assertThat(lock.configure("").status()).isEqualTo(200);
        assertThat(bucket.exchange("GET", "/?object-lock").elements("Rule")).isEmpty();
    }

    @Test
    void cannotBeDisabled(TestBucket bucket) {
        Locks.on(bucket, 14);
        RawResponse disabled = bucket.exchange(bucket.request("PUT", "/?object-lock")
                .body("<ObjectLockConfiguration><ObjectLockEnabled>Disabled</ObjectLockEnabled>"
                        + "</ObjectLockConfiguration>"));
        assertThat(disabled.status()).isEqualTo(400);
        assertThat(bucket.exchange("DELETE", "/?object-lock").status()).isEqualTo(405);
        assertThat(bucket.exchange(bucket.request("PUT", "/?object-lock").body(""))
                        .status())
                .isEqualTo(400);
        assertThat(bucket.cos().getBucketObjectLockConfiguration(bucket.name()).getRetentionDays())
                .isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({
        "'<Rule><DefaultRetention><Days>0</Days></DefaultRetention></Rule>', 409, InvalidLockedTime",
        "'<Rule><DefaultRetention><Days>36501</Days></DefaultRetention></Rule>', 409, InvalidLockedTime",
        "'<Rule><DefaultRetention><Days>ten</Days></DefaultRetention></Rule>', 400, InvalidArgument",
        "'<Rule><DefaultRetention><Mode>NONE</Mode><Days>1</Days></DefaultRetention></Rule>', 400, InvalidArgument",
        "'<Rule><DefaultRetention/></Rule>', 400, MalformedXML",
        "'<Rule/>', 400, MalformedXML",
    })
    void refusesAnotherRule(String rule, int status, String code, TestBucket bucket) {
        RawResponse answer = new Locks(bucket).configure(rule);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(bucket.cos().getBucketObjectLockConfiguration(bucket.name())).isNull();
    }

    @Test
    void versioningCanBeginButNotBeSuspendedWithIt(TestBucket bucket) {
        Locks.on(bucket);
        assertRefused(409, "InvalidBucketState", bucket::suspendVersioning);
        bucket.enableVersioning();
        assertRefused(409, "InvalidBucketState", bucket::suspendVersioning);
        assertThat(bucket.put("k", "text").getVersionId()).isNotEmpty();
    }

    @Test
    void isRefusedWhileVersioningIsSuspended(TestBucket bucket) {
        bucket.enableVersioning();
        bucket.suspendVersioning();
        RawResponse refused = new Locks(bucket).configure("");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("InvalidBucketState");
        bucket.enableVersioning();
        Locks.on(bucket);
    }

    @Test
    void doesNotGoWithTiering(TestBucket bucket, TestBucket other) {
        assertThat(tier(bucket, "Enabled").status()).isEqualTo(200);
        assertThat(new Locks(bucket).configure("").errorCode()).isEqualTo("InvalidBucketState");

        assertThat(tier(other, "Suspended").status()).isEqualTo(200);
        Locks.on(other);
        RawResponse refused = tier(other, "Enabled");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("InvalidBucketState");
        assertThat(tier(other, "Suspended").status()).isEqualTo(200);
    }

    @Test
    void doesNotGoWithSeveralZones(TestBucket other) {
        String name = Scratch.bucketName("maz", other.name());
        other.cos().createMAZBucket(new CreateBucketRequest(name));
        assertThat(other.cos().headBucket(new HeadBucketRequest(name)).isMazBucket())
                .isTrue();
        assertThat(other.cos().getBucketMetadata(name).isMaz).isTrue();
        TestBucket bucket = new TestBucket(other.server(), other.cos(), name);
        RawResponse refused = new Locks(bucket).configure("");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("InvalidBucketState");
        other.cos().deleteBucket(name);
    }

    @Test
    void aBucketGoesWhenNothingIsInItAnyMore(TestBucket bucket, TestBucket empty) {
        Locks lock = Locks.on(bucket);
        bucket.put("k", "text");
        lock.hold("/k?legal-hold", "ON");
        assertRefused(409, "BucketNotEmpty", () -> bucket.cos().deleteBucket(bucket.name()));
        lock.hold("/k?legal-hold", "OFF");
        bucket.cos().deleteObject(bucket.name(), "k");
        bucket.cos().deleteBucket(bucket.name());
        Locks.on(empty, 14);
        empty.cos().deleteBucket(empty.name());
        assertThat(empty.cos().doesBucketExist(empty.name())).isFalse();
    }

    @Test
    void aBucketMadeAgainIsNotLocked(TestBucket bucket) {
        Locks.on(bucket, 14);
        bucket.cos().deleteBucket(bucket.name());
        bucket.cos().createBucket(bucket.name());
        assertThat(bucket.cos().getBucketObjectLockConfiguration(bucket.name())).isNull();
        bucket.put("k", "text");
        bucket.cos().deleteObject(bucket.name(), "k");
    }

    /** The client that waits to be told to go on is told that the object is locked, before it sends five gigabytes. */
    @Test
    void refusesAnOverwriteBeforeItsBodyIsSent(TestBucket bucket) {
        Locks lock = Locks.on(bucket);
        bucket.put("k", "text");
        lock.hold("/k?legal-hold", "ON");
        try (RawConnection connection = bucket.connect()) {
            connection.send(bucket.request("PUT", "/k")
                    .header("Content-Length", "5000000000")
                    .header("Expect", "100-continue")
                    .signed()
                    .head());
            assertThat(connection.read().errorCode()).isEqualTo("ObjectLocked");
        }
        lock.hold("/k?legal-hold", "OFF");
    }

    @Test
    void theSdkReadsItWithTheRestOfTheBucket(TestBucket bucket) {
        Locks.on(bucket, 14);
        assertThat(bucket.cos()
                        .getBucketMetadata(bucket.name())
                        .bucketObjectLockConfiguration
                        .getRetentionDays())
                .isEqualTo(14);
    }

    private static RawResponse tier(TestBucket bucket, String status) {
        return bucket.exchange(bucket.request("PUT", "/?intelligenttiering")
                .body("<IntelligentTieringConfiguration><Status>" + status
                        + "</Status></IntelligentTieringConfiguration>"));
    }
}
