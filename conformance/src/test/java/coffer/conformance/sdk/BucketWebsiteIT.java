package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.Website;
import com.qcloud.cos.model.BucketWebsiteConfiguration;
import com.qcloud.cos.model.RedirectRule;
import com.qcloud.cos.model.RoutingRule;
import com.qcloud.cos.model.RoutingRuleCondition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUT, GET and DELETE Bucket website. */
@Shows({"GetBucketWebsite", "PutBucketWebsite", "DeleteBucketWebsite"})
@ExtendWith(SharedCoffer.class)
class BucketWebsiteIT {
    private static final String INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

    @Test
    void theSdkReadsWhatItSetReplacedAndRemoved(TestBucket bucket) {
        BucketWebsiteConfiguration set = new BucketWebsiteConfiguration("home.html", "oops.html")
                .withRoutingRules(List.of(
                        new RoutingRule()
                                .withCondition(new RoutingRuleCondition().withHttpErrorCodeReturnedEquals("404"))
                                .withRedirect(
                                        new RedirectRule().withProtocol("https").withReplaceKeyPrefixWith("gone/")),
                        new RoutingRule()
                                .withCondition(new RoutingRuleCondition().withKeyPrefixEquals("old/"))
                                .withRedirect(new RedirectRule().withReplaceKeyWith("new.html"))));
        bucket.cos().setBucketWebsiteConfiguration(bucket.name(), set);
        BucketWebsiteConfiguration read = read(bucket);
        assertThat(read.getIndexDocumentSuffix()).isEqualTo("home.html");
        assertThat(read.getErrorDocument()).isEqualTo("oops.html");
        assertThat(read.getRoutingRules())
                .extracting(
                        rule -> rule.getCondition().getHttpErrorCodeReturnedEquals(),
                        rule -> rule.getCondition().getKeyPrefixEquals(),
                        rule -> rule.getRedirect().getprotocol(),
                        rule -> rule.getRedirect().getReplaceKeyPrefixWith(),
                        rule -> rule.getRedirect().getReplaceKeyWith())
                .containsExactly(
                        tuple("404", null, "https", "gone/", null), tuple(null, "old/", null, null, "new.html"));
        bucket.cos().setBucketWebsiteConfiguration(bucket.name(), new BucketWebsiteConfiguration("index.html"));
        assertThat(read(bucket).getErrorDocument()).isNull();
        assertThat(read(bucket).getRoutingRules()).isEmpty();
        bucket.cos().deleteBucketWebsiteConfiguration(bucket.name());
        assertThat(read(bucket)).isNull();
        bucket.cos().deleteBucketWebsiteConfiguration(bucket.name());
    }

    @Test
    void theSdkSendsEverybodyToHttps(TestBucket bucket) {
        BucketWebsiteConfiguration set = new BucketWebsiteConfiguration("index.html");
        set.setRedirectAllRequestsTo(new RedirectRule().withProtocol("https"));
        bucket.cos().setBucketWebsiteConfiguration(bucket.name(), set);
        assertThat(read(bucket).getRedirectAllRequestsTo().getprotocol()).isEqualTo("https");
    }

    /** What none of the calls of the SDK has. */
    @Test
    void answersTheDocumentOfTheReference(TestBucket bucket) {
        String elements = INDEX + "<AutoAddressing><Status>Enabled</Status></AutoAddressing>"
                + "<ErrorDocument><Key>e.html</Key><OriginalHttpStatus>Disabled</OriginalHttpStatus></ErrorDocument>";
        assertThat(Website.put(bucket, elements).status()).isEqualTo(200);
        RawResponse answer = bucket.exchange("GET", "/?website");
        assertThat(answer.header("Content-Type")).contains("application/xml");
        assertThat(answer.text()).endsWith("<WebsiteConfiguration>" + elements + "</WebsiteConfiguration>");
        assertThat(bucket.exchange("DELETE", "/?website").status()).isEqualTo(204);
        assertAnswered(404, "NoSuchWebsiteConfiguration", bucket.exchange("GET", "/?website"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "'', MalformedXML",
        "<IndexDocument><Suffix>a/b</Suffix></IndexDocument>, InvalidArgument",
        "<IndexDocument><Suffix/></IndexDocument>, InvalidArgument",
        INDEX + "<ErrorDocument/>, MalformedXML",
        INDEX + "<RoutingRules><RoutingRule/></RoutingRules>, MalformedXML",
        INDEX + "<RedirectAllRequestsTo><Protocol>gopher</Protocol></RedirectAllRequestsTo>, InvalidArgument",
    })
    void refusesWhatIsNoWebsite(String elements, String code, TestBucket bucket) {
        assertAnswered(400, code, Website.put(bucket, elements));
        assertThat(read(bucket)).isNull();
    }

    @Test
    void isAtMost64KiB(TestBucket bucket) {
        BucketWebsiteConfiguration big = new BucketWebsiteConfiguration("index.html");
        RoutingRule rule = new RoutingRule()
                .withCondition(new RoutingRuleCondition().withKeyPrefixEquals("old/"))
                .withRedirect(new RedirectRule().withReplaceKeyWith("x".repeat(2000)));
        big.setRoutingRules(java.util.Collections.nCopies(40, rule));
        assertRefused(400, "XMLSizeLimit", () -> bucket.cos().setBucketWebsiteConfiguration(bucket.name(), big));
    }

    private static BucketWebsiteConfiguration read(TestBucket bucket) {
        return bucket.cos().getBucketWebsiteConfiguration(bucket.name());
    }
}
