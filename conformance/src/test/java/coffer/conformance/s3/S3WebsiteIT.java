package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import coffer.conformance.Website;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

/** Websites in the words of S3. */
@ExtendWith(SharedCoffer.class)
class S3WebsiteIT {
    @Test
    void isSetReadAndRemoved(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        assertRefused(404, "NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(request -> request.bucket(name)));
        put(
                s3,
                name,
                WebsiteConfiguration.builder()
                        .indexDocument(index -> index.suffix("index.html"))
                        .errorDocument(error -> error.key("oops.html"))
                        .routingRules(RoutingRule.builder()
                                .condition(condition -> condition.keyPrefixEquals("old/"))
                                .redirect(to -> to.replaceKeyPrefixWith("new/").httpRedirectCode("301"))
                                .build())
                        .build());
        assertThat(s3.getBucketWebsite(request -> request.bucket(name)).routingRules())
                .singleElement()
                .satisfies(
                        rule -> assertThat(rule.redirect().httpRedirectCode()).isEqualTo("301"));
        assertThat(bucket.cos().getBucketWebsiteConfiguration(bucket.name()).getErrorDocument())
                .isEqualTo("oops.html");
        s3.deleteBucketWebsite(request -> request.bucket(name));
        assertThat(bucket.cos().getBucketWebsiteConfiguration(bucket.name())).isNull();
    }

    @Test
    void refusesWhatS3Refuses(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        assertRefused(
                400,
                "InvalidArgument",
                () -> put(s3, name, WebsiteConfiguration.builder().build()));
        assertRefused(
                400,
                "InvalidRequest",
                () -> put(
                        s3,
                        name,
                        WebsiteConfiguration.builder()
                                .indexDocument(index -> index.suffix("index.html"))
                                .redirectAllRequestsTo(all -> all.hostName("www.example.com"))
                                .build()));
        assertRefused(
                400,
                "InvalidRequest",
                () -> put(
                        s3,
                        name,
                        WebsiteConfiguration.builder()
                                .indexDocument(index -> index.suffix("index.html"))
                                .routingRules(RoutingRule.builder()
                                        .redirect(to -> to.httpRedirectCode("200"))
                                        .build())
                                .build()));
        assertRefused(
                400,
                "InvalidRedirectLocation",
                () -> s3.putObject(
                        request -> request.bucket(name).key("k").websiteRedirectLocation("page"),
                        RequestBody.fromString("x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3-website.ap-guangzhou.example.com",
                "s3-website-ap-guangzhou.example.com",
                "s3-website.us-east-1.amazonaws.com",
                "s3-website.localhost:9000",
                "cos-website.ap-guangzhou.myqcloud.com",
            })
    void isReachedByTheHostsOfS3(String suffix, TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        bucket.put("index.html", "home");
        Website.open(bucket, "");
        Website site = new Website(bucket, name + "." + suffix);
        RawResponse answer = site.get("/");
        assertThat(answer.status() + " " + answer.text()).isEqualTo("200 home");
        assertThat(answer.header("x-amz-request-id")).isPresent();
        RawResponse missing = site.send(site.request("HEAD", "/absent"));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("x-amz-error-code")).contains("NoSuchKey");
        s3.putBucketWebsite(request -> request.bucket(name)
                .websiteConfiguration(config -> config.redirectAllRequestsTo(all -> all.hostName("www.example.com"))));
        assertThat(site.get("/a?b").header("Location")).contains("http://www.example.com/a?b");
    }

    /** The target of an object stays with the object. */
    @Test
    void aCopyDoesNotLeadWhereItsSourceLeads(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putObject(
                request -> request.bucket(name).key("k").websiteRedirectLocation("/new"), RequestBody.fromString("x"));
        assertThat(s3.getObject(request -> request.bucket(name).key("k"))
                        .response()
                        .websiteRedirectLocation())
                .isEqualTo("/new");
        s3.copyObject(request -> request.sourceBucket(name)
                .sourceKey("k")
                .destinationBucket(name)
                .destinationKey("copy"));
        assertThat(s3.headObject(request -> request.bucket(name).key("copy")).websiteRedirectLocation())
                .isNull();
    }

    private static void put(S3Client s3, String name, WebsiteConfiguration configuration) {
        s3.putBucketWebsite(request -> request.bucket(name).websiteConfiguration(configuration));
    }
}
