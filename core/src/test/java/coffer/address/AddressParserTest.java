package coffer.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.address.Address.Kind;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {
    private final AddressParser parser =
            new AddressParser(List.of("cos.local", "Store"), List.of("ap-guangzhou", "hq"));

    /** {@code -} stands for nothing. */
    @ParameterizedTest
    @CsvSource({
        "b-1250000000.cos.ap-guangzhou.myqcloud.com, b-1250000000, ap-guangzhou",
        "b-1250000000.cos.ap-guangzhou.myqcloud.com:9000, b-1250000000, ap-guangzhou",
        "B-1250000000.COS.AP-Guangzhou.MyQCloud.com, b-1250000000, ap-guangzhou",
        "b-1250000000.cos.ap-guangzhou.tencentcos.cn, b-1250000000, ap-guangzhou",
        "b-1250000000.cos-internal.ap-tokyo.tencentcos.cn, b-1250000000, ap-tokyo",
        "b-1250000000.cos-dualstack.ap-tokyo.myqcloud.com, b-1250000000, ap-tokyo",
        "b-1250000000.cos.accelerate.myqcloud.com, b-1250000000, -",
        "b-1250000000.cosgz.myqcloud.com, b-1250000000, -",
        "b-1250000000.cos.cossh.myqcloud.com, b-1250000000, ap-shanghai",
        "b-1250000000.cos.hq.example.com, b-1250000000, hq",
        "b-1250000000.cos.example.com, b-1250000000, -",
        "b-1250000000.cos.local:9000, b-1250000000, -",
        "b-1250000000.store:80, b-1250000000, -",
        "b-1250000000.localhost:9000, b-1250000000, -",
        "any-name.cos.local, any-name, -",
        "a.b.cos.local, a, -",
        "two-words-1250000000.cos.ap-guangzhou.myqcloud.com, two-words-1250000000, ap-guangzhou",
        "photos.cos.ap-guangzhou.myqcloud.com, photos, ap-guangzhou",
        "photos.s3.localhost:9000, photos, -",
        "photos.s3.hq.example.com, photos, hq",
        "photos.s3.us-east-1.amazonaws.com, photos, -",
        "photos.s3.dualstack.ap-guangzhou.example.com, photos, ap-guangzhou",
        "photos-1250000000.s3.example.com, photos-1250000000, -",
        "my.holiday.photos.s3.hq.example.com, my.holiday.photos, hq",
        "of.s3.old.s3.example.com, of.s3.old, -",
    })
    void findsTheBucketInTheHost(String host, String bucket, String region) {
        Address address = parse(host, "/folder/key");
        assertThat(address.kind()).isEqualTo(Kind.BUCKET);
        assertThat(address.bucket()).contains(bucket);
        assertThat(address.region().orElse("-")).isEqualTo(region);
        assertThat(address.key()).isEqualTo("folder/key");
        assertThat(address.host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:9000",
                "[::1]",
                "[::1]:9000",
                "localhost",
                "localhost:9000",
                "s3.localhost:9000",
                "s3.us-east-1.amazonaws.com",
                "s3.example.com",
                "s3-website.example.com",
                "s3-website-hq.example.com",
                "machine",
                "machine-1234.example.com",
                "cos.ap-guangzhou.myqcloud.com",
                "service.cos.myqcloud.com",
                "cos.local:9000",
                "service.cos.local",
                "",
            })
    void findsItInThePathWhereTheHostNamesNone(String host) {
        assertThat(parse(host, "/").kind()).isEqualTo(Kind.SERVICE);
        for (String path : List.of("/b-1250000000", "/b-1250000000/")) {
            Address bucket = parse(host, path);
            assertThat(bucket.bucket()).contains("b-1250000000");
            assertThat(bucket.key()).isEmpty();
        }
        Address object = parse(host, "/b-1250000000/a//b/");
        assertThat(object.bucket()).contains("b-1250000000");
        assertThat(object.key()).isEqualTo("a//b/");
        assertThat(object.path()).isEqualTo("/b-1250000000/a//b/");
    }

    @ParameterizedTest
    @CsvSource({
        "b-1250000000.cos-website.ap-guangzhou.myqcloud.com, WEBSITE, ap-guangzhou",
        "b-1250000000.ci.ap-guangzhou.myqcloud.com, DATA_PROCESSING, ap-guangzhou",
        "b-1250000000.pic.ap-guangzhou.myqcloud.com, DATA_PROCESSING, ap-guangzhou",
        "1250000000.cos-control.ap-guangzhou.myqcloud.com, CONTROL, ap-guangzhou",
        "ap-guangzhou.migration.myqcloud.com, MIGRATION, ap-guangzhou",
        "cos.ap-tokyo.myqcloud.com, SERVICE, ap-tokyo",
        "photos.cos-website.ap-guangzhou.myqcloud.com, WEBSITE, ap-guangzhou",
        "photos.s3-website.hq.example.com, WEBSITE, hq",
        "my.photos.s3-website-hq.example.com:9000, WEBSITE, hq",
    })
    void knowsTheOtherHostsOfTheService(String host, Kind kind, String region) {
        Address address = parse(host, "/");
        assertThat(address.kind()).isEqualTo(kind);
        assertThat(address.region()).contains(region);
    }

    @Test
    void theHostThatFetchesHasBucketAndTaskInItsPath() {
        Address address = parse("ap-guangzhou.migration.myqcloud.com", "/b-1250000000/dGFzaw==");
        assertThat(address.kind()).isEqualTo(Kind.MIGRATION);
        assertThat(address.bucket()).contains("b-1250000000");
        assertThat(address.key()).isEqualTo("dGFzaw==");
        assertThat(address.region()).contains("ap-guangzhou");
    }

    @ParameterizedTest
    @CsvSource({
        "http://b-1250000000.cos.ap-guangzhou.myqcloud.com/a/b?x=/y, a/b",
        "http://b-1250000000.cos.ap-guangzhou.myqcloud.com:80/a/b, a/b",
        "HTTP://b-1250000000.cos.ap-guangzhou.myqcloud.com, ''",
        "http://b-1250000000.cos.ap-guangzhou.myqcloud.com?uploads, ''",
    })
    void believesTheTargetInAbsoluteFormRatherThanTheHost(String target, String key) {
        Address address = parse("proxy.example.com", target);
        assertThat(address.bucket()).contains("b-1250000000");
        assertThat(address.key()).isEqualTo(key);
        assertThat(address.host()).startsWith("b-1250000000.cos.ap-guangzhou.myqcloud.com");
    }

    @ParameterizedTest
    @CsvSource({
        "/%E6%97%85/a%20b+c%2Bd%25, 旅/a b+c+d%",
        "/a//b/./../c/, a//b/./../c/",
        "/%2Fa%2F, /a/",
        "//a, /a",
        "/., .",
        "/.., ..",
        "/%F0%9F%98%80, 😀",
        "/a%3Fb?c=d, a?b",
        "/http://x/y, http://x/y",
    })
    void decodesKeysAndLeavesThemAsTheyAre(String target, String key) {
        assertThat(parse("b-1250000000.cos.ap-guangzhou.myqcloud.com", target).key())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/%zz", "/%ff", "/%c0%80", "*", "key"})
    void refusesTargetsThatMeanNothing(String target) {
        CosException refused = catchThrowableOfType(
                CosException.class, () -> parse("b-1250000000.cos.ap-guangzhou.myqcloud.com", target));
        assertThat(refused.error().code()).isEqualTo("InvalidURI");
    }

    @Test
    void findsTheWebsiteOfADomain() {
        Map<String, String> owners = Map.of("www.a.example", "b-1250000000", "cos.local", "c-1250000000");
        CustomDomains domains = host -> Optional.ofNullable(owners.get(host));
        AddressParser knowing = new AddressParser(List.of("cos.local"), List.of("ap-guangzhou"), domains);
        Address website = knowing.parse(request("WWW.a.example:9000", "/docs/?sign=x"));
        assertThat(website.kind()).isEqualTo(Kind.WEBSITE);
        assertThat(website.bucket()).contains("b-1250000000");
        assertThat(website.key()).isEqualTo("docs/");
        assertThat(knowing.parse(request("a.example", "/docs/")).kind()).isEqualTo(Kind.BUCKET);
        assertThat(knowing.parse(request("cos.local", "/docs/")).kind()).isEqualTo(Kind.BUCKET);
        for (String signature : List.of("q-ak=a&q-signature=b", "X-Amz-Signature=b", "AWSAccessKeyId=a&Signature=b")) {
            assertThat(knowing.parse(request("www.a.example", "/docs/k?" + signature))
                            .bucket())
                    .contains("docs");
        }
    }

    @Test
    void tellsTheQueryFromThePath() {
        assertThat(AddressParser.rawQuery(request("h", "/a?b=c?d&e"))).isEqualTo("b=c?d&e");
        assertThat(AddressParser.rawQuery(request("h", "/a"))).isEmpty();
    }

    private Address parse(String host, String target) {
        return parser.parse(request(host, target));
    }

    private static HttpRequest request(String host, String target) {
        return new HttpRequest(
                "GET", target, Headers.of("Host", host), RequestBody.EMPTY, "127.0.0.1", Optional.empty());
    }
}
