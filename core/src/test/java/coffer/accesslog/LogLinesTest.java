package coffer.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.accesslog.AccessRecord.Answered;
import coffer.accesslog.AccessRecord.Asked;
import coffer.accesslog.AccessRecord.Failure;
import coffer.accesslog.AccessRecord.OperationName;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of a log says, and what it never says. */
class LogLinesTest {
    static final LogSource SOURCE = new LogSource("photos-1250000000", "ap-guangzhou", "1250000000", "100000000001");

    private static final Instant BEGUN = Instant.parse("2026-02-02T08:00:00Z");
    private static final Account ACCOUNT = new Account("1250000000", "100000000001");

    static AccessRecord record(String target, Optional<String> userAgent, Optional<String> referer) {
        return new AccessRecord(
                SOURCE,
                new Asked(
                        "NjA=",
                        BEGUN,
                        "photos-1250000000.cos.ap-guangzhou.myqcloud.com",
                        new OperationName("UploadPart", "REST.PUT.PART"),
                        "192.0.2.1",
                        new Principal.User(ACCOUNT, "100000000002"),
                        Optional.of("AKIDexample"),
                        Optional.of("SigV4"),
                        Optional.of("AuthHeader"),
                        Optional.of("a b/旅"),
                        "PUT",
                        target,
                        userAgent,
                        referer,
                        Optional.of("1.3")),
                new Answered(
                        BEGUN.plusSeconds(3),
                        404,
                        Optional.of(new Failure("NoSuchUpload", "There is no such upload.")),
                        83886080,
                        197,
                        -5,
                        3000,
                        12,
                        OptionalLong.of(808),
                        Optional.of("v1"),
                        Optional.of("STANDARD"),
                        Optional.empty()));
    }

    private static AccessRecord record(String target) {
        return record(target, Optional.of("cos-go-sdk-v5.2.9"), Optional.empty());
    }

    @Test
    void aLineOfCosHasThirtyOneFields() {
        assertThat(CosLine.of(record("/a%20b/%E6%97%85?partNumber=1&uploadId=u")))
                .isEqualTo("1.0 photos-1250000000 ap-guangzhou 2026-02-02T08:00:03Z"
                        + " photos-1250000000.cos.ap-guangzhou.myqcloud.com UploadPart 192.0.2.1 AKIDexample - 83886080 -5"
                        + " /a%20b/%E6%97%85 put cos-go-sdk-v5.2.9 404 NoSuchUpload \"There is no such upload.\" 197 3000"
                        + " USER STANDARD 100000000001 12 100000000001:100000000002 NjA= 808 v1 - -"
                        + " \"PUT /a%20b/%E6%97%85?partNumber=1&uploadId=u HTTP/1.1\" 0");
    }

    @Test
    void aLineOfS3HasTwentySixFields() {
        assertThat(S3Line.of(record("/photos/a%20b", Optional.of("aws cli"), Optional.of("http://a/?b"))))
                .isEqualTo("qcs::cam::uin/100000000001:uin/100000000001 photos [02/Feb/2026:08:00:00 +0000] 192.0.2.1"
                        + " qcs::cam::uin/100000000001:uin/100000000002 NjA= REST.PUT.PART a%20b/%E6%97%85"
                        + " \"PUT /photos/a%20b HTTP/1.1\" 404 NoSuchUpload 197 808 3000 12 \"http://a/?b\" \"aws cli\" v1 -"
                        + " SigV4 - AuthHeader photos-1250000000.cos.ap-guangzhou.myqcloud.com TLSv1.3 - -");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/k?q-sign-algorithm=sha1&q-signature=SECRET",
                "/k?x-cos-security-token=SECRET&a=1",
                "/k?a=1&X-Amz-Signature=SECRET&b=2",
                "/k?X-Amz-Security-Token=SECRET",
                "/k?Signature=SECRET",
                "/k?sign=q-sign-algorithm%3Dsha1%26q-signature%3DSECRET",
                "/k?X%2DAmz%2DSignature=SECRET",
                "/k?x-amz-signature=SECRET",
                "/k?X-Amz-Server-Side-Encryption-Customer-Key=SECRET",
                "http://host/k?q-signature=SECRET",
            })
    void noSecretIsInALine(String target) {
        AccessRecord record = record(target, Optional.empty(), Optional.of("https://example.com" + target));
        assertThat(CosLine.of(record)).doesNotContain("SECRET").contains("***");
        assertThat(S3Line.of(record)).doesNotContain("SECRET").contains("***");
    }

    @Test
    void whatSurroundsASecretStays() {
        assertThat(LogText.withoutSecrets("/k?a=1&&q-signature=SECRET&b&c=%zz&signature"))
                .isEqualTo("/k?a=1&&q-signature=***&b&c=%zz&signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "plain|plain",
                "a b|\"a b\"",
                "a\" 200 -|\"a%22 200 -\"",
                "tab\tand\u0085line\u2028|tab%09and%C2%85line%E2%80%A8",
                "100%|100%",
            })
    void nobodyForgesFieldsOrLines(String text, String field) {
        assertThat(LogText.field(text)).isEqualTo(field);
        String line = CosLine.of(record("/k", Optional.of(text + "\r\n1.0 forged"), Optional.empty()));
        assertThat(line.lines().toList()).isEqualTo(List.of(line));
        assertThat(fields(line)).hasSize(31);
    }

    /** Fields as programs read them: separated by blanks, with quotes around some. */
    private static List<String> fields(String line) {
        return java.util.regex.Pattern.compile("\"[^\"]*\"|[^ ]+")
                .matcher(line)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }
}
