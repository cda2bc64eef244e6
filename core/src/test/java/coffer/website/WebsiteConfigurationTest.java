package coffer.website;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebsiteConfigurationTest {
    private static final String INDEX = "<IndexDocument><Suffix>home.html</Suffix></IndexDocument>";
    private static final String ELSEWHERE =
            "<RedirectAllRequestsTo><HostName>www.example.com</HostName></RedirectAllRequestsTo>";
    private static final String EXAMPLE = "<WebsiteConfiguration>"
            + "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo>" + INDEX
            + "<AutoAddressing><Status>Enabled</Status></AutoAddressing>"
            + "<ErrorDocument><Key>oops.html</Key><OriginalHttpStatus>Disabled</OriginalHttpStatus>"
            + "<Charity404>Enabled</Charity404></ErrorDocument><RoutingRules>"
            + "<RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition>"
            + "<Redirect><Protocol>https</Protocol><ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith></Redirect></RoutingRule>"
            + "<RoutingRule><Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition>"
            + "<Redirect><HostName>www.example.com:8080</HostName><ReplaceKeyWith>missing.html</ReplaceKeyWith>"
            + "<HttpRedirectCode>301</HttpRedirectCode></Redirect></RoutingRule>"
            + "<RoutingRule><Condition><HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals></Condition>"
            + "<Redirect><ReplaceKeyWith>no.html</ReplaceKeyWith><URLRedirect>Disabled</URLRedirect></Redirect></RoutingRule>"
            + "</RoutingRules></WebsiteConfiguration>";

    private static Element parse(String children) {
        return Element.parse(
                ("<WebsiteConfiguration>" + children + "</WebsiteConfiguration>").getBytes(StandardCharsets.UTF_8));
    }

    private static String rule(String condition, String redirect) {
        return INDEX + "<RoutingRules><RoutingRule><Condition>" + condition + "</Condition><Redirect>" + redirect
                + "</Redirect></RoutingRule></RoutingRules>";
    }

    private static String written(WebsiteConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static String refusal(Function<Element, WebsiteConfiguration> read, String children) {
        CosException refused = catchThrowableOfType(CosException.class, () -> read.apply(parse(children)));
        assertThat(refused).as(children).isNotNull();
        return refused.error().code();
    }

    @Test
    void handsBackWhatWasRead() {
        WebsiteConfiguration read =
                WebsiteConfiguration.readOfCos(Element.parse(EXAMPLE.getBytes(StandardCharsets.UTF_8)));
        assertThat(written(read)).isEqualTo(EXAMPLE);
    }

    /** An empty list would break the Python SDK; defaults say nothing. */
    @Test
    void leavesOutWhatIsAsItIsAnyway() {
        WebsiteConfiguration read = WebsiteConfiguration.readOfCos(parse(INDEX
                + "<AutoAddressing><Status>Disabled</Status></AutoAddressing><RoutingRules/>"
                + "<ErrorDocument><Key>e</Key><OriginalHttpStatus>Enabled</OriginalHttpStatus></ErrorDocument>"));
        assertThat(written(read))
                .isEqualTo("<WebsiteConfiguration>" + INDEX
                        + "<ErrorDocument><Key>e</Key></ErrorDocument></WebsiteConfiguration>");
    }

    /** The Java SDK writes an empty prefix beside each code, and a blank in the name of the element. */
    @Test
    void readsTheRulesOfTheSdks() {
        WebsiteConfiguration read = WebsiteConfiguration.readOfCos(parse(rule(
                "<KeyPrefixEquals></KeyPrefixEquals><HttpErrorCodeReturnedEquals >404</HttpErrorCodeReturnedEquals >",
                "<Protocol>HTTPS</Protocol><ReplaceKeyPrefixWith>gone/</ReplaceKeyPrefixWith>")));
        RoutingRule rule = read.rules().getFirst();
        assertThat(rule.code()).contains(404);
        assertThat(rule.prefix()).isEmpty();
        assertThat(rule.target().scheme()).contains(Scheme.HTTPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<IndexDocument/>",
                "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo>",
                INDEX + "<RedirectAllRequestsTo/>",
                INDEX + "<ErrorDocument/>",
                INDEX + "<RoutingRules><RoutingRule/></RoutingRules>",
                INDEX + "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition>"
                        + "<Redirect/></RoutingRule></RoutingRules>",
                INDEX
                        + "<RoutingRules><RoutingRule><Redirect><ReplaceKeyWith>a</ReplaceKeyWith></Redirect></RoutingRule>"
                        + "</RoutingRules>",
            })
    void needsItsElements(String children) {
        assertThat(refusal(WebsiteConfiguration::readOfCos, children)).isEqualTo("MalformedXML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<IndexDocument><Suffix></Suffix></IndexDocument>",
                "<IndexDocument><Suffix>a/b</Suffix></IndexDocument>",
                "<IndexDocument><Suffix>a?b</Suffix></IndexDocument>",
                INDEX + "<AutoAddressing><Status>On</Status></AutoAddressing>",
                INDEX + "<ErrorDocument><Key></Key></ErrorDocument>",
                INDEX + "<ErrorDocument><Key>a&#13;b</Key></ErrorDocument>",
                INDEX + "<ErrorDocument><Key>a</Key><OriginalHttpStatus>404</OriginalHttpStatus></ErrorDocument>",
                INDEX + "<RedirectAllRequestsTo><Protocol>ftp</Protocol></RedirectAllRequestsTo>",
                INDEX + "<RedirectAllRequestsTo><HostName>a/b</HostName></RedirectAllRequestsTo>",
                INDEX + "<RedirectAllRequestsTo><HostName>a@b</HostName></RedirectAllRequestsTo>",
            })
    void refusesBadValues(String children) {
        assertThat(refusal(WebsiteConfiguration::readOfCos, children)).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @CsvSource({
        "HttpErrorCodeReturnedEquals, 200, ReplaceKeyWith, a",
        "HttpErrorCodeReturnedEquals, 500, ReplaceKeyWith, a",
        "HttpErrorCodeReturnedEquals, none, ReplaceKeyWith, a",
        "KeyPrefixEquals, a&#10;b, ReplaceKeyWith, a",
        "KeyPrefixEquals, a, ReplaceKeyWith, a&#13;&#10;Set-Cookie: b",
        "KeyPrefixEquals, a, ReplaceKeyPrefixWith, a&#13;&#10;Set-Cookie: b",
        "KeyPrefixEquals, a, HostName, a&#13;&#10;b",
        "KeyPrefixEquals, a, HostName, a b",
        "KeyPrefixEquals, a, Protocol, ftp",
        "KeyPrefixEquals, a, HttpRedirectCode, 200",
        "KeyPrefixEquals, a, HttpRedirectCode, 300",
        "KeyPrefixEquals, a, HttpRedirectCode, 304",
    })
    void refusesBadRules(String condition, String value, String element, String text) {
        String children = rule(
                "<%s>%s</%s>".formatted(condition, value, condition), "<%s>%s</%s>".formatted(element, text, element));
        assertThat(refusal(WebsiteConfiguration::readOfCos, children)).isEqualTo("InvalidArgument");
        assertThat(refusal(WebsiteConfiguration::readOfS3, children)).isEqualTo("InvalidRequest");
    }

    @Test
    void oneThingIsReplacedAtMost() {
        String both = "<ReplaceKeyWith>a</ReplaceKeyWith><ReplaceKeyPrefixWith>b</ReplaceKeyPrefixWith>";
        String children = rule("<KeyPrefixEquals>a</KeyPrefixEquals>", both);
        assertThat(refusal(WebsiteConfiguration::readOfCos, children)).isEqualTo("InvalidArgument");
        assertThat(refusal(WebsiteConfiguration::readOfS3, children)).isEqualTo("InvalidRequest");
    }

    @Test
    void hasAHundredRulesAtMost() {
        String rule = "<RoutingRule><Condition><KeyPrefixEquals>a</KeyPrefixEquals></Condition>"
                + "<Redirect><ReplaceKeyWith>b</ReplaceKeyWith></Redirect></RoutingRule>";
        String most = INDEX + "<RoutingRules>" + rule.repeat(100) + "</RoutingRules>";
        assertThat(WebsiteConfiguration.readOfCos(parse(most)).rules()).hasSize(100);
        assertThat(refusal(WebsiteConfiguration::readOfCos, most.replace("</RoutingRules>", rule + "</RoutingRules>")))
                .isEqualTo("InvalidArgument");
    }

    /** Source: S3 API reference, "PutBucketWebsite". */
    @Test
    void s3ClientsSendEverythingElsewhereOrNothing() {
        assertThat(WebsiteConfiguration.readOfS3(parse(ELSEWHERE)).indexSuffix())
                .isEmpty();
        assertThat(refusal(WebsiteConfiguration::readOfS3, ELSEWHERE + INDEX)).isEqualTo("InvalidRequest");
        assertThat(refusal(WebsiteConfiguration::readOfS3, "")).isEqualTo("InvalidArgument");
        assertThat(refusal(
                        WebsiteConfiguration::readOfS3,
                        "<RedirectAllRequestsTo><Protocol>https</Protocol></RedirectAllRequestsTo>"))
                .isEqualTo("MalformedXML");
    }

    @Test
    void rulesOfS3NeedNoCondition() {
        String always = INDEX + "<RoutingRules><RoutingRule><Redirect><HostName>b.example</HostName></Redirect>"
                + "</RoutingRule></RoutingRules>";
        WebsiteConfiguration read = WebsiteConfiguration.readOfS3(parse(always));
        assertThat(written(read)).contains("<RoutingRule><Redirect>");
        assertThat(WebsiteConfiguration.read(parse(always))).isEqualTo(read);
    }
}
