package coffer.conformance.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CannedAccessControlList;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms of S3 as browsers send them, by both versions of its signature. */
@ExtendWith(SharedCoffer.class)
class S3FormIT {
    private static final AwsSignature NOW = AwsSignature.now();
    private static final String BOUNDARY = "----s3form7d1f";

    /** The two ways to sign a policy. */
    enum Version {
        V2 {
            @Override
            void sign(Map<String, String> form, String policy, AwsSignature by) {
                form.put("AWSAccessKeyId", Account.SECRET_ID);
                form.put("signature", by.version2(policy));
            }

            @Override
            String conditions() {
                return "";
            }
        },
        V4 {
            @Override
            void sign(Map<String, String> form, String policy, AwsSignature by) {
                form.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
                form.put("x-amz-credential", by.credential());
                form.put("x-amz-date", by.date());
                form.put("x-amz-signature", by.ofPolicy(policy));
            }

            @Override
            String conditions() {
                return ",[\"starts-with\",\"$x-amz-algorithm\",\"\"],[\"starts-with\",\"$x-amz-credential\",\"\"],"
                        + "[\"starts-with\",\"$x-amz-date\",\"\"]";
            }
        };

        abstract void sign(Map<String, String> form, String policy, AwsSignature by);

        /** What the policy must say of the fields that the signature adds. */
        abstract String conditions();
    }

    @ParameterizedTest
    @EnumSource
    void storesTheFile(Version version, TestBucket bucket) {
        Map<String, String> form = form(version, bucket, ",[\"starts-with\",\"$x-amz-meta-colour\",\"r\"]");
        form.put("key", "docs/${filename}");
        form.put("x-amz-meta-colour", "red");
        RawResponse answer = post(bucket, form);
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(answer.header("ETag")).contains("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(bucket.text("docs/a.txt")).isEqualTo("hello");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "docs/a.txt").getUserMetadata())
                .containsEntry("colour", "red");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatThePolicyForbids(Version version, TestBucket bucket) {
        Map<String, String> elsewhere = form(version, bucket, "");
        elsewhere.put("key", "secret/k");
        assertRefused(bucket, elsewhere, 403, "AccessDenied");
        Map<String, String> extra = form(version, bucket, "");
        extra.put("x-amz-meta-colour", "red");
        assertRefused(bucket, extra, 403, "AccessDenied");
        assertRefused(bucket, form(version, bucket, ",[\"content-length-range\",1,4]"), 400, "EntityTooLarge");
        assertRefused(bucket, form(version, bucket, ",[\"content-length-range\",6,9]"), 400, "EntityTooSmall");
        assertNothingStored(bucket);
    }

    @ParameterizedTest
    @EnumSource
    void refusesForgedAndExpiredPolicies(Version version, TestBucket bucket) {
        Instant later = Instant.now().plusSeconds(600);
        assertRefused(
                bucket,
                form(version, policy(version, bucket, later, ""), NOW.with("wrong")),
                403,
                "SignatureDoesNotMatch");
        Instant before = Instant.now().minusSeconds(5);
        assertRefused(bucket, form(version, policy(version, bucket, before, ""), NOW), 403, "AccessDenied");
        assertRefused(bucket, form(version, "{not json", NOW), 400, "InvalidPolicyDocument");
        assertNothingStored(bucket);
    }

    @Test
    void answersAsTheFormAsks(TestBucket bucket) {
        Map<String, String> created = form(Version.V4, bucket, ",[\"eq\",\"$success_action_status\",\"201\"]");
        created.put("success_action_status", "201");
        RawResponse document = post(bucket, created);
        assertThat(document.status()).isEqualTo(201);
        assertThat(document.element("Bucket")).isEqualTo(S3Sdk.name(bucket));
        assertThat(document.element("Key")).isEqualTo("docs/a.txt");
        Map<String, String> away =
                form(Version.V4, bucket, ",[\"starts-with\",\"$success_action_redirect\",\"http://example.org/\"]");
        away.put("success_action_redirect", "http://example.org/done");
        RawResponse redirect = post(bucket, away);
        assertThat(redirect.status()).isEqualTo(303);
        assertThat(redirect.header("Location").orElseThrow())
                .startsWith("http://example.org/done?bucket=" + S3Sdk.name(bucket) + "&key=docs");
    }

    @Test
    void anOpenBucketNeedsNoPolicy(TestBucket bucket) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("key", "docs/a.txt"));
        assertRefused(bucket, form, 403, "AccessDenied");
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        assertThat(post(bucket, form).status()).isEqualTo(204);
    }

    private static Map<String, String> form(Version version, TestBucket bucket, String conditions) {
        return form(version, policy(version, bucket, Instant.now().plusSeconds(600), conditions), NOW);
    }

    private static Map<String, String> form(Version version, String policy, AwsSignature by) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("key", "docs/a.txt");
        String encoded = Base64.getEncoder().encodeToString(policy.getBytes(UTF_8));
        form.put("policy", encoded);
        version.sign(form, encoded, by);
        return form;
    }

    private static String policy(Version version, TestBucket bucket, Instant until, String conditions) {
        return "{\"expiration\":\"" + until.truncatedTo(ChronoUnit.SECONDS) + "\",\"conditions\":[{\"bucket\":\""
                + S3Sdk.name(bucket) + "\"},[\"starts-with\",\"$key\",\"docs/\"]" + version.conditions() + conditions
                + "]}";
    }

    private static RawResponse post(TestBucket bucket, Map<String, String> form) {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n")
                .append("hello\r\n--" + BOUNDARY + "--\r\n");
        return RawConnection.exchange(
                bucket.server(),
                RawRequest.to("POST", "s3.example.com", "/" + S3Sdk.name(bucket))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .body(body.toString()));
    }

    private static void assertRefused(TestBucket bucket, Map<String, String> form, int status, String code) {
        RawResponse answer = post(bucket, form);
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(status + " " + code);
    }

    private static void assertNothingStored(TestBucket bucket) {
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }
}
