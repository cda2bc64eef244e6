package coffer.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginConfigurationTest {
    private static final String FOUR = "<OriginCondition><HTTPStatusCode>404</HTTPStatusCode></OriginCondition>";
    private static final String HTTP = "<OriginParameter><Protocol>HTTP</Protocol></OriginParameter>";
    private static final String HOST = "<OriginInfo><HostInfo><HostName>o.example</HostName></HostInfo></OriginInfo>";

    private static Element document(String... rules) {
        return Element.parse(("<OriginConfiguration><OriginRule>" + String.join("</OriginRule><OriginRule>", rules)
                        + "</OriginRule></OriginConfiguration>")
                .getBytes(UTF_8));
    }

    private static OriginRule rule(String content) {
        return OriginConfiguration.read(document(content)).rules().getFirst();
    }

    private static String mirror(String parameter, String info) {
        return "<OriginType>Mirror</OriginType>" + FOUR + "<OriginParameter><Protocol>FOLLOW</Protocol>" + parameter
                + "</OriginParameter><OriginInfo><HostInfo><HostName>o.example</HostName></HostInfo>" + info
                + "</OriginInfo>";
    }

    @Test
    void documentsAreWrittenAsTheyWereSent() {
        Element sent = document("<RulePriority>3</RulePriority><OriginType>Mirror</OriginType><OriginCondition>"
                + "<HTTPStatusCode>404</HTTPStatusCode><Prefix>a/</Prefix><Suffix>.jpg</Suffix></OriginCondition>"
                + "<OriginParameter><Protocol>HTTPS</Protocol><FollowQueryString>true</FollowQueryString><HttpHeader>"
                + "<FollowAllHeaders>true</FollowAllHeaders><ForbidFollowHttpHeaders><Header><Key>Cookie</Key></Header>"
                + "</ForbidFollowHttpHeaders></HttpHeader><HttpRedirectCode>302</HttpRedirectCode></OriginParameter>"
                + "<OriginInfo><HostInfo><HostName>o.example:8443</HostName><Weight>5</Weight>"
                + "<StandbyHostName_1>s.example</StandbyHostName_1></HostInfo><FileInfo><PrefixConfiguration>"
                + "<Prefix>p/</Prefix></PrefixConfiguration></FileInfo></OriginInfo>"
                + "<HTTPStandbyCode><StatusCode>403</StatusCode></HTTPStandbyCode>");
        XmlWriter written = new XmlWriter();
        OriginConfiguration.read(sent).write(written);
        assertThat(Element.parse(written.toBytes())).isEqualTo(sent);
        OriginRule rule = OriginConfiguration.read(sent).rules().getFirst();
        assertThat(rule.hostsFor("any")).containsExactly("o.example:8443", "s.example");
        assertThat(rule.standbyCodes()).containsExactly(403);
    }

    @Test
    void theLowestPriorityThatFitsIsTaken() {
        OriginConfiguration rules = OriginConfiguration.read(document(
                "<RulePriority>2</RulePriority><OriginType>Mirror</OriginType>" + FOUR + HTTP + HOST,
                "<RulePriority>1</RulePriority><OriginType>Proxy</OriginType><OriginCondition><HTTPStatusCode>404"
                        + "</HTTPStatusCode><Prefix>p/</Prefix><Suffix>.x</Suffix></OriginCondition>" + HTTP + HOST,
                "<RulePriority>3</RulePriority><OriginType>Redirect</OriginType><OriginCondition><HTTPStatusCode>5xx"
                        + "</HTTPStatusCode></OriginCondition>" + HTTP + HOST));
        assertThat(rules.find(404, "p/a.x").map(OriginRule::type)).contains(OriginType.PROXY);
        assertThat(rules.find(404, "p/a.y").map(OriginRule::type)).contains(OriginType.MIRROR);
        assertThat(rules.find(503, "p/a").map(OriginRule::type)).contains(OriginType.REDIRECT);
        assertThat(rules.find(403, "p/a")).isEmpty();
    }

    @Test
    void originsHaveTheirShareOfTheKeys() {
        OriginRule rule = rule("<OriginType>Mirror</OriginType>" + FOUR + HTTP
                + "<OriginInfo><HostInfo><HostName>a</HostName><Weight>3</Weight></HostInfo>"
                + "<HostInfo><HostName>b</HostName><Weight>1</Weight></HostInfo></OriginInfo>");
        Map<String, Long> keys = IntStream.range(0, 4000)
                .mapToObj(i -> rule.hostsFor("key/" + i).getFirst())
                .collect(Collectors.groupingBy(host -> host, Collectors.counting()));
        assertThat(keys.get("a")).isBetween(2800L, 3200L);
        assertThat(rule.hostsFor("key/1")).isEqualTo(rule.hostsFor("key/1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | /k%20%C3%A4/x",
                "<FileInfo><PrefixConfiguration><Prefix>/p/</Prefix></PrefixConfiguration>"
                        + "<SuffixConfiguration><Suffix>.z</Suffix></SuffixConfiguration></FileInfo> | /p/k%20%C3%A4/x.z",
                "<FileInfo><PrefixDirective>true</PrefixDirective><Prefix>p/</Prefix></FileInfo> | /p/k%20%C3%A4/x",
                "<FileInfo><PrefixDirective>false</PrefixDirective><Prefix>p/</Prefix></FileInfo> | /k%20%C3%A4/x",
                "<FileInfo><FixedFileConfiguration><FixedFilePath>/404.html</FixedFilePath></FixedFileConfiguration>"
                        + "</FileInfo> | /404.html",
            })
    void keysAreElsewhereAtTheOrigin(String info, String path) {
        assertThat(rule(mirror("", info)).path().of("k ä/x")).isEqualTo(path);
    }

    @Test
    void keysDoNotLeadOutOfThePrefix() {
        OriginPath path = rule(mirror(
                        "", "<FileInfo><PrefixConfiguration><Prefix>p/</Prefix></PrefixConfiguration></FileInfo>"))
                .path();
        assertThat(path.escapes("../secret")).isTrue();
        assertThat(path.escapes("a/./b")).isTrue();
        assertThat(path.escapes("a..b/.c")).isFalse();
    }

    @Test
    void originsHearNothingByWhichSendersAreKnown() {
        Headers sent = Headers.of(
                "Host",
                "b.example",
                "Authorization",
                "secret",
                "x-cos-security-token",
                "secret",
                "x-cos-server-side-encryption-customer-key",
                "secret",
                "Range",
                "bytes=0-1",
                "User-Agent",
                "browser",
                "Cookie",
                "c",
                "X-Own",
                "mine");
        assertThat(names(mirror("", ""), sent)).isEmpty();
        String all = "<FollowAllHeaders>true</FollowAllHeaders>";
        assertThat(names(mirror("<HttpHeader>" + all + "</HttpHeader>", ""), sent))
                .containsExactly("User-Agent", "Cookie", "X-Own");
        assertThat(names(
                        mirror(
                                "<HttpHeader>" + all + "<NewHttpHeaders><Header><Key>x-own</Key><Value>v</Value>"
                                        + "</Header></NewHttpHeaders><ForbidFollowHeaders><Header><Key>cookie</Key>"
                                        + "</Header></ForbidFollowHeaders></HttpHeader>",
                                ""),
                        sent))
                .containsExactly("User-Agent");
        assertThat(names(
                        mirror(
                                "<HttpHeader><FollowHttpHeaders><Header><Key>x-own</Key></Header><Header><Key>"
                                        + "authorization</Key></Header></FollowHttpHeaders></HttpHeader>",
                                ""),
                        sent))
                .containsExactly("X-Own");
    }

    private static List<String> names(String rule, Headers sent) {
        return rule(rule).headers().of(sent).stream().map(Headers.Header::name).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&b&c=%2F+x, a=1&b&c=%2F%20x",
        "q-ak=AKID&q-signature=s&a=1&response-content-type=x, a=1",
        "X-Amz-Signature=s&x-cos-security-token=t, ''",
        "'', ''"
    })
    void signaturesAreNotPassedOn(String query, String sent) {
        assertThat(OriginQuery.of(query)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<OriginType>Copy</OriginType> | 404 | HTTP | o | InvalidArgument",
                "<OriginType>Mirror</OriginType> | 403 | HTTP | o | InvalidArgument",
                "<OriginType>Proxy</OriginType> | 4XX | HTTP | o | InvalidArgument",
                "<OriginType>Redirect</OriginType> | 200 | HTTP | o | InvalidArgument",
                "<OriginType>Mirror</OriginType> | 404 | FTP | o | InvalidArgument",
                "<OriginType>Mirror</OriginType> | 404 | HTTP | http://o | InvalidArgument",
                "<OriginType>Mirror</OriginType> | 404 | HTTP | o/path | InvalidArgument",
                "<OriginType>Mirror</OriginType> | 404 | HTTP | o:70000 | InvalidArgument",
                "<OriginType>Mirror</OriginType><Colour/> | 404 | HTTP | o | NotImplemented",
                "<RulePriority>1</RulePriority> | 404 | HTTP | o | MalformedXML",
            })
    void whatCannotBeIsRefused(String type, String status, String protocol, String host, String code) {
        assertRefused(
                type + "<OriginCondition><HTTPStatusCode>" + status
                        + "</HTTPStatusCode></OriginCondition><OriginParameter><Protocol>" + protocol
                        + "</Protocol></OriginParameter><OriginInfo><HostInfo><HostName>" + host
                        + "</HostName></HostInfo></OriginInfo>",
                code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<CopyOriginData>true</CopyOriginData> | '' | NotImplemented",
                "<HttpRedirectCode>303</HttpRedirectCode> | '' | InvalidArgument",
                "<TransparentErrorCode>yes</TransparentErrorCode> | '' | InvalidArgument",
                "<HttpHeader><NewHttpHeaders><Header><Key>Host</Key><Value>x</Value></Header></NewHttpHeaders>"
                        + "</HttpHeader> | '' | InvalidArgument",
                "<HttpHeader><NewHttpHeaders><Header><Key>a b</Key></Header></NewHttpHeaders></HttpHeader> | ''"
                        + " | InvalidArgument",
                "'' | <HostInfo><HostName>o</HostName><PrivateHost><Host>h</Host></PrivateHost></HostInfo>"
                        + " | NotImplemented",
                "'' | <HostInfo><HostName>o</HostName><StandbyHostName_11>h</StandbyHostName_11></HostInfo>"
                        + " | InvalidArgument",
                "'' | <HostInfo><HostName>o</HostName><StandbyHostName>h</StandbyHostName></HostInfo>"
                        + " | NotImplemented",
                "'' | <FileInfo><PrefixConfiguration><Prefix>a</Prefix><ReplacedWithPrefix>b</ReplacedWithPrefix>"
                        + "</PrefixConfiguration></FileInfo> | NotImplemented",
                "'' | <FileInfo><FixedFileConfiguration><FixedFilePath>f</FixedFilePath></FixedFileConfiguration>"
                        + "<Suffix>s</Suffix></FileInfo> | InvalidArgument",
            })
    void whatIsNotDoneIsNotKept(String parameter, String info, String code) {
        assertRefused(mirror(parameter, info), code);
    }

    @Test
    void thereIsOneOriginUnlessItIsMirrored() {
        String two = "<OriginInfo><HostInfo><HostName>a</HostName></HostInfo><HostInfo><HostName>b</HostName>"
                + "</HostInfo></OriginInfo>";
        assertThat(rule("<OriginType>Mirror</OriginType>" + FOUR + HTTP + two).hosts())
                .hasSize(2);
        assertRefused("<OriginType>Proxy</OriginType>" + FOUR + HTTP + two, "MalformedXML");
        assertThatThrownBy(() -> OriginConfiguration.read(Element.parse("<OriginConfiguration/>".getBytes(UTF_8))))
                .isInstanceOf(CosException.class);
    }

    private static void assertRefused(String rule, String code) {
        assertThatThrownBy(() -> rule(rule))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }
}
