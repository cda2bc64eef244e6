package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers;
import coffer.api.Query;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers stand in the words of COS already; values are in those of S3. */
class S3ConditionsTest {
    @ParameterizedTest
    @CsvSource({
        "s3:x-amz-acl, x-cos-acl: public-read, public-read",
        "s3:x-amz-grant-full-control, x-cos-grant-full-control: id=7, id=7",
        "s3:x-amz-server-side-encryption, x-cos-server-side-encryption: cos/kms, aws:kms",
        "s3:x-amz-server-side-encryption, x-cos-server-side-encryption: AES256, AES256",
        "s3:x-amz-server-side-encryption-aws-kms-key-id, x-cos-server-side-encryption-cos-kms-key-id: k, k",
        "s3:x-amz-server-side-encryption-customer-algorithm, x-cos-server-side-encryption-customer-algorithm: A, A",
        "s3:x-amz-storage-class, x-cos-storage-class: ARCHIVE, ARCHIVE GLACIER",
        "s3:x-amz-metadata-directive, x-cos-metadata-directive: COPY, COPY",
        "s3:object-lock-mode, x-cos-object-lock-mode: GOVERNANCE, GOVERNANCE",
        "s3:x-amz-copy-source, x-cos-copy-source: photos-1250000000/a%20b, photos-1250000000/a b|photos/a b",
        "s3:signatureversion, Authorization: AWS4-HMAC-SHA256 Credential=, AWS4-HMAC-SHA256",
        "s3:signatureversion, Authorization: AWS AKID:x, AWS",
        "s3:authtype, Authorization: AWS AKID:x, REST-HEADER",
        "s3:requestobjecttagkeys, x-none: 1, Team",
        "s3:requestobjecttag/Team, x-none: 1, red",
    })
    void headers(String key, String header, String expected) {
        String[] parts = header.split(": ", 2);
        String separator = expected.contains("|") ? "\\|" : " ";
        assertThat(values(Headers.of(parts[0], parts[1]), "").of(key)).contains(List.of(expected.split(separator, -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3:prefix, prefix=a%2Fb, a/b",
        "s3:prefix, prefix=, ''",
        "s3:delimiter, delimiter=%2F, /",
        "s3:max-keys, max-keys=3, 3",
        "s3:versionid, versionId=v, v",
        "s3:authtype, X-Amz-Algorithm=AWS4-HMAC-SHA256, REST-QUERY-STRING",
        "aws:epochtime, a=b, 1767225600",
        "aws:viaawsservice, a=b, false",
    })
    void parameters(String key, String query, String expected) {
        assertThat(values(Headers.NONE, query).of(key)).contains(List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"s3:prefix", "s3:versionid", "s3:x-amz-acl", "s3:signatureversion", "s3:authtype", "s3:other"})
    void isAbsent(String key) {
        assertThat(values(Headers.NONE, "").of(key)).isEmpty();
    }

    @Test
    void whoAsks() {
        Account account = new Account("1250000000", "42");
        ConditionValues user =
                new PrincipalConditions(new Principal.User(account, "43"), values(Headers.NONE, "prefix=a"));
        assertThat(user.of("aws:principalarn"))
                .contains(List.of("arn:aws:iam::1250000000:user/43", "arn:aws:iam::42:user/43"));
        assertThat(user.of("aws:principalaccount")).contains(List.of("1250000000", "42"));
        assertThat(user.of("aws:principaltype")).contains(List.of("User"));
        assertThat(user.of("aws:userid")).contains(List.of("43"));
        assertThat(user.of("s3:prefix")).contains(List.of("a"));
        ConditionValues nobody = new PrincipalConditions(new Principal.Anonymous(), values(Headers.NONE, ""));
        assertThat(nobody.of("aws:principalarn")).isEmpty();
        assertThat(nobody.of("aws:principaltype")).contains(List.of("Anonymous"));
    }

    private static RequestConditions values(Headers headers, String query) {
        return new RequestConditions(
                headers,
                Query.parse(query),
                new RequestConditions.Peer("127.0.0.1", false, Optional.empty()),
                Instant.parse("2026-01-01T00:00:00Z"),
                () -> Map.of("Team", "red"),
                Map::of);
    }
}
