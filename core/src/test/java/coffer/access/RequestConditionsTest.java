package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers;
import coffer.api.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request carries for which key; {@code -} stands for nothing. */
class RequestConditionsTest {
    private static final Headers HEADERS = Headers.of(
            "Content-Type", "image/jpeg",
            "Content-Length", "12",
            "Content-MD5", "",
            "X-Cos-Acl", "private",
            "x-cos-storage-class", "STANDARD_IA",
            "x-cos-meta-a", "é b",
            "x-cos-grant-read", "id=1",
            "X-Cos-Grant-Read", "id=2",
            "Referer", "https://example.org/a?b",
            "User-Agent", "probe/1",
            "User-Agent", "probe/2",
            "Accept", "text/plain");
    private static final String QUERY = "prefix=2024%2Fa+b&delimiter=%2F&max-keys=10&response-content-type=image%2Fjpeg"
            + "&versionId=&uploadId=U1&partNumber=7&prefix=last%2F&Delimiter=x&marker=";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qcs:ip | 203.0.113.9",
                "qcs:vpc | -",
                "vpc:requester_vpc | -",
                "qcs:current_time | 2026-01-02T03:04:05Z",
                "cos:secure-transport | true",
                "cos:tls-version | 1.3",
                "cos:content-type | image/jpeg",
                "cos:content-length | 12",
                "cos:content-md5 | -",
                "cos:x-cos-acl | private",
                "cos:x-cos-storage-class | STANDARD_IA",
                "cos:x-cos-meta-a | é b",
                "cos:x-cos-other | -",
                "cos:x-cos-grant-read | 'id=1,id=2'",
                "cos:referer | https://example.org/a?b",
                "cos:user-agent | probe/1",
                "cos:accept | -",
                "cos:prefix | last%2F",
                "cos:delimiter | %2F",
                "cos:max-keys | 10",
                "cos:marker | ''",
                "cos:response-content-type | image%2Fjpeg",
                "cos:versionid | -",
                "cos:uploadid | U1",
                "cos:partnumber | 7",
                "qcs:other | -",
                "cvm:region | -",
            })
    void carries(String key, String expected) {
        assertThat(conditions(QUERY)
                        .of(key)
                        .map(values -> String.join(",", values))
                        .orElse("-"))
                .isEqualTo(expected);
    }

    @Test
    void encodesParametersOneWayHoweverTheyWereSent() {
        assertThat(conditions("prefix=a/b").of("cos:prefix")).contains(List.of("a%2Fb"));
        assertThat(conditions("prefix=a%2fb").of("cos:prefix")).contains(List.of("a%2Fb"));
        assertThat(conditions("versionId=MTg0").of("cos:versionid")).contains(List.of("MTg0"));
    }

    @Test
    void asksForTagsOnlyWhenAConditionNamesThem() {
        AtomicInteger asked = new AtomicInteger();
        RequestConditions conditions = new RequestConditions(
                Headers.NONE,
                Query.NONE,
                new RequestConditions.Peer("::1", false, Optional.empty()),
                Instant.EPOCH,
                Map::of,
                () -> {
                    asked.incrementAndGet();
                    return Map.of("a", "b");
                });
        assertThat(conditions.of("qcs:ip")).contains(List.of("::1"));
        assertThat(conditions.of("cos:tls-version")).isEmpty();
        assertThat(conditions.of("qcs:request_tag")).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(conditions.of("qcs:resource_tag")).contains(List.of("a&b"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void oneValueCanBeReplaced() {
        ConditionValues request = conditions("versionId=1");
        ConditionValues ofOneObject = request.with("cos:versionid", Optional.of("2"));
        assertThat(ofOneObject.of("cos:versionid")).contains(List.of("2"));
        assertThat(ofOneObject.of("qcs:ip")).contains(List.of("203.0.113.9"));
        assertThat(request.with("cos:versionid", Optional.empty()).of("cos:versionid"))
                .isEmpty();
    }

    private static RequestConditions conditions(String query) {
        return new RequestConditions(
                HEADERS,
                Query.parse(query),
                new RequestConditions.Peer("203.0.113.9", true, Optional.of("1.3")),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Map::of,
                Map::of);
    }
}
