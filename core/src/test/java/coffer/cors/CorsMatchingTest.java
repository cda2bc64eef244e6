package coffer.cors;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Headers.Header;
import coffer.cors.CorsRule.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: COS API reference, "OPTIONS Object". */
class CorsMatchingTest {
    private static CorsRule rule(String origins, String headers, Method... methods) {
        return new CorsRule(
                Optional.empty(),
                List.of(origins.split(" ")),
                List.of(methods),
                headers.isEmpty() ? List.of() : List.of(headers.split(" ")),
                List.of(),
                Optional.empty());
    }

    private static CorsConfiguration of(CorsRule... rules) {
        return new CorsConfiguration(List.of(rules), false);
    }

    private static String text(List<Header> headers) {
        return headers.stream()
                .map(header -> header.name().replace("Access-Control-", "") + ": " + header.value())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://any.example, true",
        "*, null, true",
        "https://a.example, https://a.example, true",
        "https://a.example, http://a.example, false",
        "https://a.example, https://A.example, false",
        "https://a.example, https://a.example:8443, false",
        "https://a.example:8443, https://a.example:8443, true",
        "https://a.example, https://a.example.evil, false",
        "https://*.a.example, https://x.a.example, true",
        "https://*.a.example, https://x.y.a.example, true",
        "https://*.a.example, https://.a.example, true",
        "https://*.a.example, https://a.example, false",
        "https://*.a.example, https://xa.example, false",
        "https://a.example:*, https://a.example:1, true",
        "https://a.example:*, https://a.example, false",
        "*.a.example, http://x.a.example, true",
        "http*://a.example, https://a.example, true",
        "http://aa*aa, http://aaa, false",
        "http://a.example https://b.example, https://b.example, true"
    })
    void findsTheOrigin(String allowed, String origin, boolean found) {
        CorsConfiguration cors = of(rule(allowed, "", Method.GET));
        assertThat(cors.preflight(origin, "GET", Optional.empty()).isPresent()).isEqualTo(found);
        assertThat(cors.actual(origin, "GET").isEmpty()).isEqualTo(!found);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "''|''|true",
                "''|','|true",
                "''|x-a|false",
                "*|x-a, x-b,Content-Type|true",
                "X-A|x-a|true",
                "x-a|X-A, x-b|false",
                "x-a x-b|x-b,x-a|true",
                "x-cos-*|x-cos-meta-a, x-cos-acl|true",
                "x-cos-*|x-cos-meta-a, content-type|false",
                "x-*-date|x-cos-date|true",
                "x-*-date|x-date|false"
            },
            delimiter = '|')
    void wantsEveryHeaderCovered(String allowed, String asked, boolean covered) {
        assertThat(of(rule("*", allowed, Method.PUT))
                        .preflight("http://a.example", "PUT", Optional.of(asked))
                        .isPresent())
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, true", "PUT, false", "get, false", "OPTIONS, false"})
    void wantsTheMethod(String method, boolean allowed) {
        CorsConfiguration cors = of(rule("*", "", Method.GET, Method.HEAD));
        assertThat(cors.preflight("http://a.example", method, Optional.empty()).isPresent())
                .isEqualTo(allowed);
        assertThat(cors.actual("http://a.example", method).isEmpty()).isEqualTo(!allowed);
    }

    @Test
    void takesTheFirstRuleThatFitsAltogether() {
        CorsConfiguration cors = of(
                rule("http://other.example", "*", Method.PUT),
                rule("http://a.example", "x-a", Method.GET, Method.PUT),
                rule("http://a.example", "", Method.DELETE),
                rule("*", "*", Method.PUT, Method.POST));
        assertThat(allowedMethods(cors, "GET", "x-a")).contains("GET,PUT");
        assertThat(allowedMethods(cors, "PUT", "x-a")).contains("GET,PUT");
        assertThat(allowedMethods(cors, "PUT", "x-b")).contains("PUT,POST");
        assertThat(allowedMethods(cors, "DELETE", "")).contains("DELETE");
        assertThat(allowedMethods(cors, "DELETE", "x-a")).isEmpty();
    }

    private static Optional<String> allowedMethods(CorsConfiguration cors, String method, String headers) {
        return cors.preflight("http://a.example", method, Optional.of(headers))
                .map(answer -> answer.get(1).value());
    }

    @Test
    void answersAPreflightInFull() {
        CorsRule rule = new CorsRule(
                Optional.of("web"),
                List.of("https://*.photos.example"),
                List.of(Method.GET, Method.PUT),
                List.of("*"),
                List.of("ETag", "x-cos-meta-a"),
                Optional.of(300));
        assertThat(text(of(rule).preflight("https://x.photos.example", "PUT", Optional.of("X-A, x-b"))
                        .orElseThrow()))
                .isEqualTo("""
                        Allow-Origin: https://x.photos.example
                        Allow-Methods: GET,PUT
                        Allow-Headers: X-A, x-b
                        Expose-Headers: ETag,x-cos-meta-a
                        Max-Age: 300
                        Allow-Credentials: true
                        Vary: Origin""");
        assertThat(text(of(rule).actual("https://x.photos.example", "GET"))).isEqualTo("""
                        Allow-Origin: https://x.photos.example
                        Allow-Methods: GET,PUT
                        Expose-Headers: ETag,x-cos-meta-a
                        Max-Age: 300
                        Allow-Credentials: true""");
    }

    @Test
    void answersAStarWithAStarAndWithoutCredentials() {
        assertThat(text(of(rule("*", "", Method.GET)).actual("http://a.example", "GET")))
                .isEqualTo("Allow-Origin: *\nAllow-Methods: GET");
        assertThat(text(of(rule("http://a.example *", "", Method.GET)).actual("http://a.example", "GET")))
                .startsWith("Allow-Origin: http://a.example\n");
    }

    @Test
    void variesOnEveryAnswerToAPageIfAskedTo() {
        CorsConfiguration cors = new CorsConfiguration(List.of(rule("http://a.example", "", Method.GET)), true);
        assertThat(text(cors.actual("http://b.example", "GET"))).isEqualTo("Vary: Origin");
        assertThat(cors.actual("http://a.example", "GET")).contains(new Header("Vary", "Origin"));
        assertThat(cors.preflight("http://a.example", "GET", Optional.empty()).orElseThrow())
                .containsOnlyOnce(new Header("Vary", "Origin"));
    }
}
