package coffer.website;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import coffer.api.Element;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitTest {
    private static final String HOST = "b-1250000000.cos-website.hq.example.com:9000";
    private static final String INDEX = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    private static final String AUTO = "<AutoAddressing><Status>Enabled</Status></AutoAddressing>";
    private static final Set<String> OBJECTS = Set.of(
            "index.html",
            "docs/index.html",
            "docs/page",
            "page.html",
            "both.html",
            "both/index.html",
            "旅/index.html",
            "/evil.example/index.html",
            "new/x");

    private static Found find(String key) {
        return switch (key) {
            case "secret" -> new Found.Refused(CosError.ACCESS_DENIED.exception());
            case "moved" -> new Found.Allowed(Optional.of("/elsewhere"));
            case "away" -> new Found.Allowed(Optional.of("https://a.example/旅\r\nx"));
            default ->
                OBJECTS.contains(key)
                        ? new Found.Allowed(Optional.empty())
                        : new Found.Missing(CosError.NO_SUCH_KEY.exception());
        };
    }

    private static String answer(String children, Scheme scheme, String key, String query) {
        WebsiteConfiguration configuration = WebsiteConfiguration.read(Element.parse(
                ("<WebsiteConfiguration>" + children + "</WebsiteConfiguration>").getBytes(StandardCharsets.UTF_8)));
        Visit visit = new Visit(configuration, new Site(scheme, HOST), key, query);
        return text(visit.answer(VisitTest::find));
    }

    private static String answer(String children, String key) {
        return answer(children, Scheme.HTTP, key, "");
    }

    private static String text(Answer answer) {
        return switch (answer) {
            case Answer.Page(String key) -> key;
            case Answer.Redirect redirect -> redirect.status() + " " + redirect.location();
            case Answer.Failure failure -> failure.error().error().code();
        };
    }

    private static String rule(String condition, String redirect) {
        return INDEX + "<RoutingRules><RoutingRule><Condition>" + condition + "</Condition><Redirect>" + redirect
                + "</Redirect></RoutingRule></RoutingRules>";
    }

    @ParameterizedTest
    @CsvSource({
        "'', index.html",
        "index.html, index.html",
        "docs/, docs/index.html",
        "docs/page, docs/page",
        "docs, 302 /docs/",
        "旅, 302 /%E6%97%85/",
        "page, NoSuchKey",
        "docs/page/, NoSuchKey",
        "Docs/, NoSuchKey",
        "secret, AccessDenied",
        "moved, 301 /elsewhere",
    })
    void findsPagesAndFolders(String key, String answer) {
        assertThat(answer(INDEX, key)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"page, page.html", "both, 302 /both/", "docs, 302 /docs/", "page/, NoSuchKey", "absent, NoSuchKey"})
    void findsPagesWithoutTheirEnding(String key, String answer) {
        assertThat(answer(INDEX + AUTO, key)).isEqualTo(answer);
    }

    @Test
    void aFolderKeepsTheParametersOfThePage() {
        assertThat(answer(INDEX, Scheme.HTTP, "docs", "a=b&c=%20<旅>")).isEqualTo("302 /docs/?a=b&c=%20%3C%E6%97%85%3E");
    }

    /** A path that begins with two slashes would be a host. */
    @Test
    void aFolderIsNeverAnotherHost() {
        assertThat(answer(INDEX, "/evil.example")).isEqualTo("302 /%2Fevil.example/");
    }

    @Test
    void noObjectEndsTheHeader() {
        assertThat(answer(INDEX, "away")).isEqualTo("301 https://a.example/%E6%97%85%0D%0Ax");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, 'a b', '', 301 https://" + HOST + "/a%20b",
        "HTTP, '', x=1, 301 https://" + HOST + "/?x=1",
        "HTTP, /evil.example, '', 301 https://" + HOST + "/%2Fevil.example",
        "HTTPS, docs/page, '', docs/page",
    })
    void sendsEverybodyToHttps(Scheme scheme, String key, String query, String answer) {
        String all = "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo>" + INDEX;
        assertThat(answer(all, scheme, key, query)).isEqualTo(answer);
    }

    @Test
    void sendsEverybodyToAnotherHost() {
        String all = "<RedirectAllRequestsTo><HostName>www.example.com</HostName>%s</RedirectAllRequestsTo>";
        assertThat(answer(all.formatted(""), Scheme.HTTPS, "a", "")).isEqualTo("301 https://www.example.com/a");
        assertThat(answer(all.formatted("<Protocol>http</Protocol>"), Scheme.HTTPS, "a", ""))
                .isEqualTo("301 http://www.example.com/a");
        assertThat(answer(all.formatted("").replace("www.example.com", HOST), "docs/page"))
                .as("has come there already")
                .isEqualTo("docs/page");
    }

    @ParameterizedTest
    @CsvSource({
        "<ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith>, 302 http://" + HOST + "/new/a%20b",
        "<ReplaceKeyPrefixWith/>, 302 http://" + HOST + "/a%20b",
        "<ReplaceKeyPrefixWith>#!/</ReplaceKeyPrefixWith>, 302 http://" + HOST + "/#!/a%20b",
        "<ReplaceKeyWith>旅 x</ReplaceKeyWith>, 302 http://" + HOST + "/%E6%97%85%20x",
        "<Protocol>https</Protocol>, 302 https://" + HOST + "/old/a%20b",
        "<HostName>c.example:81</HostName>, 302 http://c.example:81/old/a%20b",
        "<HttpRedirectCode>307</HttpRedirectCode><ReplaceKeyWith>n</ReplaceKeyWith>, 307 http://" + HOST + "/n",
    })
    void rulesForPrefixesGoFirst(String redirect, String answer) {
        String rules = rule("<KeyPrefixEquals>old/</KeyPrefixEquals>", redirect);
        assertThat(answer(rules, "old/a b")).isEqualTo(answer);
        assertThat(answer(rules, "docs/page")).isEqualTo("docs/page");
    }

    @Test
    void rulesForErrorsComeAfterTheLookup() {
        String rules = rule(
                "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>",
                "<ReplaceKeyPrefixWith>gone/</ReplaceKeyPrefixWith>");
        assertThat(answer(rules, "absent")).isEqualTo("302 http://" + HOST + "/gone/absent");
        assertThat(answer(rules, "docs")).isEqualTo("302 /docs/");
        assertThat(answer(rules, "docs/page")).isEqualTo("docs/page");
        assertThat(answer(rules, "secret")).isEqualTo("AccessDenied");
    }

    @Test
    void bothConditionsMustHold() {
        String rules = rule(
                "<KeyPrefixEquals>docs/</KeyPrefixEquals>"
                        + "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>",
                "<ReplaceKeyWith>docs/page</ReplaceKeyWith>");
        assertThat(answer(rules, "docs/absent")).isEqualTo("302 http://" + HOST + "/docs/page");
        assertThat(answer(rules, "absent")).isEqualTo("NoSuchKey");
        assertThat(answer(rules, "docs/page")).isEqualTo("docs/page");
    }

    @Test
    void theFirstRuleThatIsMeantIsFollowed() {
        String first = "<RoutingRule><Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition>"
                + "<Redirect><ReplaceKeyWith>1</ReplaceKeyWith></Redirect></RoutingRule>";
        String rules = INDEX + "<RoutingRules>" + first
                + first.replace(">a<", ">ab<").replace(">1<", ">2<") + "</RoutingRules>";
        assertThat(answer(rules, "abc")).isEqualTo("302 http://" + HOST + "/1");
    }

    @Test
    void aRuleMayAnswerInPlace() {
        String inPlace = "<ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith><URLRedirect>Disabled</URLRedirect>";
        String rules = rule("<KeyPrefixEquals>old/</KeyPrefixEquals>", inPlace);
        assertThat(answer(rules, "old/x")).isEqualTo("new/x");
        assertThat(answer(rules, "old/y")).isEqualTo("NoSuchKey");
    }

    /** Whoever makes up a Host gets an error, not a header. */
    @Test
    void noHostIsRepeatedThatIsNone() {
        Visit visit = new Visit(
                WebsiteConfiguration.read(Element.parse(("<WebsiteConfiguration><RedirectAllRequestsTo><Protocol>https"
                                + "</Protocol></RedirectAllRequestsTo>" + INDEX + "</WebsiteConfiguration>")
                        .getBytes(StandardCharsets.UTF_8))),
                new Site(Scheme.HTTP, "b-1250000000.cos-website.hq@evil.example"),
                "",
                "");
        Function<String, Found> lookup = VisitTest::find;
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                coffer.api.CosException.class, () -> visit.answer(lookup))
                        .error())
                .isEqualTo(CosError.INVALID_URI);
    }
}
