package coffer.conformance.sdk;

import static coffer.conformance.Website.assertErrorPage;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import coffer.conformance.Website;
import com.qcloud.cos.model.BucketDomainConfiguration;
import com.qcloud.cos.model.DomainRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Custom domains of type WEBSITE. */
@ExtendWith(SharedCoffer.class)
class WebsiteDomainIT {
    @Test
    void leadToTheWebsiteWhileTheyAreEnabled(TestBucket bucket) {
        bucket.put("index.html", "home");
        Website.open(bucket, "");
        Website site = new Website(bucket, "www.one.example:9000");
        assertThat(site.get("/").text()).doesNotContain("home");
        set(bucket, "www.one.example", DomainRule.WEBSITE, DomainRule.ENABLED);
        assertThat(site.get("/").text()).isEqualTo("home");
        assertThat(new Website(bucket, "WWW.One.Example").get("/").text()).isEqualTo("home");
        assertErrorPage(404, "NoSuchKey", site.get("/absent"));
        set(bucket, "www.one.example", DomainRule.WEBSITE, DomainRule.DISABLED);
        assertThat(site.get("/").text()).doesNotContain("home");
        set(bucket, "www.one.example", DomainRule.WEBSITE, DomainRule.ENABLED);
        bucket.cos().deleteBucketDomainConfiguration(bucket.name());
        assertThat(site.get("/").text()).doesNotContain("home");
    }

    @Test
    void otherTypesLeadNowhere(TestBucket bucket) {
        bucket.put("index.html", "home");
        Website.open(bucket, "");
        set(bucket, "www.two.example", DomainRule.REST, DomainRule.ENABLED);
        assertThat(new Website(bucket, "www.two.example").get("/").text()).doesNotContain("home");
    }

    /** A bucket of the same name that is made later does not inherit it. */
    @Test
    void goWithTheBucket(TestBucket bucket) {
        set(bucket, "www.three.example", DomainRule.WEBSITE, DomainRule.ENABLED);
        bucket.cos().deleteBucket(bucket.name());
        bucket.cos().createBucket(bucket.name());
        bucket.put("index.html", "home");
        Website.open(bucket, "");
        assertThat(new Website(bucket, "www.three.example").get("/").text()).doesNotContain("home");
    }

    /** Whoever gives a bucket the name of the server keeps no client from it that signs. */
    @Test
    void takeNoSignedRequests(TestBucket bucket) {
        bucket.put("index.html", "home");
        bucket.put("k", "text");
        Website.open(bucket, "");
        set(bucket, "www.four.example", DomainRule.WEBSITE, DomainRule.ENABLED);
        Website site = new Website(bucket, "www.four.example");
        RawResponse answer =
                site.send(site.request("GET", "/" + bucket.name() + "/k").signed());
        assertThat(answer.status() + " " + answer.text()).isEqualTo("200 text");
        assertThat(site.get("/").text()).isEqualTo("home");
    }

    private static void set(TestBucket bucket, String name, String type, String status) {
        DomainRule rule = new DomainRule();
        rule.setStatus(status);
        rule.setName(name);
        rule.setType(type);
        BucketDomainConfiguration configuration = new BucketDomainConfiguration();
        configuration.setDomainRules(List.of(rule));
        bucket.cos().setBucketDomainConfiguration(bucket.name(), configuration);
    }
}
