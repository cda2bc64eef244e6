package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketDomainConfiguration;
import com.qcloud.cos.model.DomainRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom domains are kept and reported. */
@Shows({"PutBucketDomain", "GetBucketDomain", "DeleteBucketDomain"})
@ExtendWith(SharedCoffer.class)
class BucketDomainIT {
    @Test
    void areHandedBackReplacedAndRemoved(TestBucket bucket) {
        DomainRule img = rule("img.first.example", DomainRule.REST);
        DomainRule www = rule("www.first.example", DomainRule.WEBSITE);
        www.setStatus(DomainRule.DISABLED);
        www.setForcedReplacement(DomainRule.TXT);
        set(bucket, img, www);
        assertThat(get(bucket).getDomainRules())
                .extracting(
                        DomainRule::getName,
                        DomainRule::getStatus,
                        DomainRule::getType,
                        rule -> rule.getForcedReplacement() == null ? "" : rule.getForcedReplacement())
                .containsExactly(
                        tuple("img.first.example", "ENABLED", "REST", ""),
                        tuple("www.first.example", "DISABLED", "WEBSITE", "TXT"));
        set(bucket, rule("other.first.example", DomainRule.REST));
        assertThat(get(bucket).getDomainRules()).extracting(DomainRule::getName).containsExactly("other.first.example");
        bucket.cos().deleteBucketDomainConfiguration(bucket.name());
        assertThat(get(bucket)).isNull();
        bucket.cos().deleteBucketDomainConfiguration(bucket.name());
    }

    @Test
    void areProvedByATextThatIsTheBucketsOwn(TestBucket bucket, TestBucket other) {
        set(bucket, rule("img.second.example", DomainRule.REST));
        set(other, rule("img.third.example", DomainRule.REST));
        String text = get(bucket).getDomainTxtVerification();
        assertThat(text).matches("tencent-cloud-cos-verification=[0-9a-f]{32}");
        set(bucket, rule("www.second.example", DomainRule.REST));
        assertThat(get(bucket).getDomainTxtVerification())
                .isEqualTo(text)
                .isNotEqualTo(get(other).getDomainTxtVerification());
    }

    @Test
    void aDomainLeadsToOneBucket(TestBucket bucket, TestBucket other) {
        set(bucket, rule("img.fourth.example", DomainRule.REST));
        assertRefused(409, "RecordAlreadyExist", () -> set(other, rule("IMG.fourth.example", DomainRule.REST)));
        assertThat(get(other)).isNull();
        set(bucket, rule("img.fourth.example", DomainRule.WEBSITE));
        bucket.cos().deleteBucketDomainConfiguration(bucket.name());
        set(other, rule("img.fourth.example", DomainRule.REST));
        other.cos().deleteBucket(other.name());
        set(bucket, rule("img.fourth.example", DomainRule.REST));
    }

    @Test
    void areTwentyAtMostAndNoneTwice(TestBucket bucket) {
        set(bucket, many(20));
        assertThat(get(bucket).getDomainRules()).hasSize(20);
        assertRefused(400, "InvalidArgument", () -> set(bucket, many(21)));
        assertRefused(
                409,
                "DomainConfigConflict",
                () -> set(
                        bucket, rule("a.fifth.example", DomainRule.REST), rule("A.fifth.example", DomainRule.WEBSITE)));
        assertThat(get(bucket).getDomainRules()).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, ENABLED, REST, UserCnameInvalid",
        "a..example, ENABLED, REST, UserCnameInvalid",
        "10.0.0.1, ENABLED, REST, UserCnameInvalid",
        "a_b.example, ENABLED, REST, UserCnameInvalid",
        "a.example, ON, REST, InvalidArgument",
        "a.example, ENABLED, CDN, InvalidArgument",
    })
    void refusesWhatIsNone(String name, String status, String type, String code, TestBucket bucket) {
        DomainRule rule = rule(name, type);
        rule.setStatus(status);
        assertRefused(400, code, () -> set(bucket, rule));
    }

    @Test
    void needARule(TestBucket bucket) {
        RawResponse answer = bucket.exchange(bucket.request("PUT", "/?domain").body("<DomainConfiguration/>"));
        assertThat(answer.errorCode()).isEqualTo("MalformedXML");
    }

    private static DomainRule rule(String name, String type) {
        DomainRule rule = new DomainRule();
        rule.setStatus(DomainRule.ENABLED);
        rule.setName(name);
        rule.setType(type);
        return rule;
    }

    private static DomainRule[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> rule("d" + i + ".fifth.example", DomainRule.REST))
                .toArray(DomainRule[]::new);
    }

    private static void set(TestBucket bucket, DomainRule... rules) {
        BucketDomainConfiguration configuration = new BucketDomainConfiguration();
        configuration.setDomainRules(List.of(rules));
        bucket.cos().setBucketDomainConfiguration(bucket.name(), configuration);
    }

    private static BucketDomainConfiguration get(TestBucket bucket) {
        return bucket.cos().getBucketDomainConfiguration(bucket.name());
    }
}
