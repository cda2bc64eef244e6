package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketIntelligentTierConfiguration;
import com.qcloud.cos.model.BucketIntelligentTierConfiguration.Transition;
import com.qcloud.cos.model.IntelligentTiering.BucketIntelligentTieringConfiguration;
import com.qcloud.cos.model.SetBucketIntelligentTierConfigurationRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of intelligent tiering are kept and reported, in the older form and in the newer one. */
@Shows({
    "GetBucketIntelligentTiering",
    "PutBucketIntelligentTiering",
    "ListBucketIntelligentTiering",
    "GetBucketIntelligentTieringRule",
    "PutBucketIntelligentTieringRule",
    "DeleteBucketIntelligentTieringRule",
})
@ExtendWith(SharedCoffer.class)
class IntelligentTieringIT {
    private static final String DEFAULT =
            "<Status>Enabled</Status><Tiering><AccessTier>INFREQUENT</AccessTier><Days>60</Days></Tiering>";
    private static final String ARCHIVE =
            "<Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>91</Days></Tiering>";

    @Test
    void isSetAndReadInTheOlderForm(TestBucket bucket) {
        assertThat(older(bucket).getStatus()).isNull();
        set(bucket, "Suspended", 30);
        assertThat(older(bucket).getStatus()).isEqualTo("Suspended");
        set(bucket, "Enabled", 60);
        assertThat(older(bucket).getStatus()).isEqualTo("Enabled");
        assertThat(older(bucket).getTransition().getDays()).isEqualTo(60);
        assertThat(older(bucket).getTransition().getRequestFrequent()).isEqualTo(1);
    }

    @Test
    void onceEnabledItStaysAsItIs(TestBucket bucket) {
        set(bucket, "Enabled", 30);
        set(bucket, "Enabled", 30);
        assertRefused(409, "InvalidBucketState", () -> set(bucket, "Enabled", 60));
        assertRefused(409, "InvalidBucketState", () -> set(bucket, "Suspended", 30));
        assertThat(older(bucket).getTransition().getDays()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {29, 31, 91})
    void hasThreeWaitsToChooseFrom(int days, TestBucket bucket) {
        assertRefused(400, "InvalidArgument", () -> set(bucket, "Enabled", days));
    }

    @Test
    void theRuleNamedDefaultIsTheSameSetting(TestBucket bucket) {
        set(bucket, "Enabled", 90);
        assertThat(newer(bucket))
                .extracting(BucketIntelligentTieringConfiguration::getRuleId)
                .containsExactly("default");
        assertThat(newer(bucket).getFirst().getTieringTransitions().getFirst().getDays())
                .isEqualTo(90);
        RawResponse rule = bucket.exchange("GET", "/?intelligent-tiering&id=default");
        assertThat(rule.elementNames()).containsExactly("Id", "Status", "Tiering");
        assertThat(rule.element("AccessTier")).isEqualTo("INFREQUENT");
    }

    @Test
    void theOlderFormReadsWhatTheNewerSet(TestBucket bucket) {
        assertThat(put(bucket, "default", DEFAULT).status()).isEqualTo(200);
        assertThat(older(bucket).getStatus()).isEqualTo("Enabled");
        assertThat(older(bucket).getTransition().getDays()).isEqualTo(60);
    }

    @Test
    void furtherRulesAreAddedChangedListedAndDeleted(TestBucket bucket) {
        put(bucket, "default", DEFAULT);
        String filtered = ARCHIVE + "<Filter><And><Prefix>logs/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And>"
                + "</Filter>";
        assertThat(put(bucket, "logs", filtered).status()).isEqualTo(200);
        assertThat(put(bucket, "all", ARCHIVE).status()).isEqualTo(200);
        List<BucketIntelligentTieringConfiguration> rules = newer(bucket);
        assertThat(rules)
                .extracting(BucketIntelligentTieringConfiguration::getRuleId)
                .containsExactly("default", "logs", "all");
        assertThat(rules.get(1).getFilter().getPrefix()).isEqualTo("logs/");
        assertThat(rules.get(1).getFilter().getAllTagSets().getFirst().getTag("a"))
                .isEqualTo("b");

        assertThat(put(bucket, "logs", ARCHIVE.replace("91", "120")).status()).isEqualTo(200);
        RawResponse changed = bucket.exchange("GET", "/?intelligent-tiering&id=logs");
        assertThat(changed.element("Days")).isEqualTo("120");
        assertThat(changed.elements("Filter")).isEmpty();

        assertThat(bucket.exchange("DELETE", "/?intelligent-tiering&id=logs").status())
                .isEqualTo(204);
        assertThat(bucket.exchange("DELETE", "/?intelligent-tiering&id=logs").status())
                .isEqualTo(204);
        RawResponse gone = bucket.exchange("GET", "/?intelligent-tiering&id=logs");
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.errorCode()).isEqualTo("NoSuchConfiguration");
        assertThat(newer(bucket)).hasSize(2);
    }

    @Test
    void theDefaultRuleComesFirstAndStays(TestBucket bucket) {
        assertThat(put(bucket, "logs", ARCHIVE).errorCode()).isEqualTo("InvalidBucketState");
        put(bucket, "default", DEFAULT);
        RawResponse deleted = bucket.exchange("DELETE", "/?intelligent-tiering&id=default");
        assertThat(deleted.status()).isEqualTo(409);
        assertThat(deleted.element("Message")).isEqualTo("The default rule cannot be modified");
        assertThat(newer(bucket)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "default, '<Status>Enabled</Status>', MalformedXML",
        "logs, '<Status>On</Status>', InvalidArgument",
        "logs, '<Status>Enabled</Status><Tiering><AccessTier>COLD</AccessTier><Days>91</Days></Tiering>',"
                + " InvalidArgument",
        "logs, '<Status>Enabled</Status><Tiering><AccessTier>INFREQUENT</AccessTier><Days>30</Days></Tiering>',"
                + " InvalidArgument",
        "logs, '<Status>Enabled</Status><Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>89</Days></Tiering>',"
                + " InvalidArgument",
        "logs, '<Id>other</Id><Status>Enabled</Status>', InvalidArgument",
    })
    void refusesWhatIsNoRule(String id, String content, String code, TestBucket bucket) {
        assertThat(put(bucket, id, content).errorCode()).isEqualTo(code);
        assertThat(bucket.exchange("GET", "/?intelligent-tiering").elementNames())
                .isEmpty();
    }

    @Test
    void needsAnIdForARule(TestBucket bucket) {
        assertThat(bucket.exchange("DELETE", "/?intelligent-tiering").errorCode())
                .isEqualTo("InvalidArgument");
        assertThat(bucket.cos().doesBucketExist(bucket.name())).isTrue();
    }

    private static void set(TestBucket bucket, String status, int days) {
        BucketIntelligentTierConfiguration configuration = new BucketIntelligentTierConfiguration();
        configuration.setStatus(status);
        configuration.setTransition(new Transition(days));
        bucket.cos()
                .setBucketIntelligentTieringConfiguration(
                        new SetBucketIntelligentTierConfigurationRequest(bucket.name(), configuration));
    }

    private static BucketIntelligentTierConfiguration older(TestBucket bucket) {
        return bucket.cos().getBucketIntelligentTierConfiguration(bucket.name());
    }

    private static List<BucketIntelligentTieringConfiguration> newer(TestBucket bucket) {
        return bucket.cos().listBucketIntelligentTieringConfiguration(bucket.name());
    }

    private static RawResponse put(TestBucket bucket, String id, String content) {
        return bucket.exchange(bucket.request("PUT", "/?intelligent-tiering&id=" + id)
                .body("<IntelligentTieringConfiguration>" + content + "</IntelligentTieringConfiguration>"));
    }
}
