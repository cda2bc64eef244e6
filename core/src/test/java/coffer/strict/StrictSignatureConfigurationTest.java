package coffer.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.Query;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictSignatureConfigurationTest {
    private static final String EXAMPLE = "<StrictSignatureConfiguration><Rule><ID>sign-host</ID>"
            + "<actionlist><action>Delete*</action></actionlist><headerlist><header>Host</header></headerlist>"
            + "<paramlist><param>all</param></paramlist></Rule></StrictSignatureConfiguration>";

    private static StrictSignatureConfiguration read(String document) {
        return StrictSignatureConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(StrictSignatureConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, String document) {
        assertThatThrownBy(() -> read(document))
                .as(document)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static Set<String> names(String list) {
        return list.isEmpty() ? Set.of() : Arrays.stream(list.split(" ")).collect(Collectors.toSet());
    }

    private static StrictSignatureConfiguration rule(String action, String headers, String parameters) {
        return new StrictSignatureConfiguration(List.of(new StrictSignatureRule(
                "one", List.of(action), List.copyOf(names(headers)), List.copyOf(names(parameters)))));
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(read(EXAMPLE))).isEqualTo(EXAMPLE);
        String bare = EXAMPLE.replaceAll("<headerlist>.*</paramlist>", "");
        assertThat(written(read(bare))).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource({
        "<ID>sign-host</ID>, ''",
        "<action>Delete*</action>, ''",
        "<actionlist><action>Delete*</action></actionlist>, ''",
        "StrictSignatureConfiguration, Strict",
        "Rule, rule"
    })
    void refusesDocumentsThatLackAnElement(String right, String wrong) {
        assertRefused(CosError.MALFORMED_XML, EXAMPLE.replace(right, wrong));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostObject",
                "GetService",
                "CreateJob",
                "ListJobs",
                "DescribeJob",
                "UpdateJobPriority",
                "UpdateJobStatus",
                "DeleteJob",
                "name/cos:GetObject",
                "Get*Object",
                "**",
                ""
            })
    void refusesActionsThatCannotBeStrict(String action) {
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace("Delete*", action));
    }

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent", "Origin", "x-custom", "x-cos-meta-a", "x-cos-meta-*", "*", "all", ""})
    void refusesHeadersThatMayNotBeNamed(String header) {
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace("Host", header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOST", "content-length", "Content-Type", "Content-MD5", "Range", "x-cos-acl", "X-Cos-*"})
    void takesTheHeadersThatMayBeNamed(String header) {
        assertThat(written(read(EXAMPLE.replace("Host", header)))).contains("<header>" + header + "</header>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "*", "version/id", ""})
    void refusesWrongParameters(String parameter) {
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace("all", parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign host", "a/b", "部", ""})
    void refusesWrongIds(String id) {
        assertRefused(CosError.INVALID_ARGUMENT, EXAMPLE.replace("sign-host", id));
    }

    @Test
    void countsEverything() {
        String rule = "<Rule><ID>%s</ID><actionlist>%s</actionlist><headerlist>%s</headerlist>"
                + "<paramlist>%s</paramlist></Rule>";
        String action = "<action>GetObject</action>";
        String header = "<header>Host</header>";
        String param = "<param>p</param>";
        String most = rule.formatted("i".repeat(255), action.repeat(200), header.repeat(20), param.repeat(20));
        assertThat(read(root(most)).rules()).hasSize(1);
        for (String wrong : new String[] {
            rule.formatted("i".repeat(256), action, header, param),
            rule.formatted("i", action.repeat(201), header, param),
            rule.formatted("i", action, header.repeat(21), param),
            rule.formatted("i", action, header, param.repeat(21)),
            rule.formatted("i", action, header, "<param>" + "p".repeat(256) + "</param>"),
            rule.formatted("i", action, header, param).repeat(2)
        }) {
            assertRefused(CosError.INVALID_ARGUMENT, root(wrong));
        }
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            rules.append(rule.formatted("i" + i, action, header, param));
        }
        assertThat(read(root(rules.toString())).rules()).hasSize(10);
        assertRefused(CosError.INVALID_ARGUMENT, root(rules + rule.formatted("j", action, header, param)));
        assertRefused(CosError.MALFORMED_XML, root(""));
    }

    private static String root(String rules) {
        return "<StrictSignatureConfiguration>" + rules + "</StrictSignatureConfiguration>";
    }

    @ParameterizedTest
    @CsvSource({
        "GetObject, GetObject, true",
        "GetObject, GetObjectACL, false",
        "GetObject, getobject, false",
        "GetObject*, GetObjectACL, true",
        "Get*, GetObject, true",
        "Get*, PutObject, false",
        "Get*, GetService, false",
        "Post*, PostObject, false",
        "*, DeleteObject, true",
        "*, PostObject, false",
        "*, CreateJob, false"
    })
    void holdsForTheActionsNamed(String listed, String action, boolean holds) {
        assertThat(rule(listed, "Host", "")
                        .check(action, Set.of(), Set.of(), Headers.of("Host", "h"), Query.NONE)
                        .isPresent())
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "Host, '', true",
        "Host, host, false",
        "HOST, content-type, true",
        "host content-type, host, true",
        "host content-type, host content-type, false",
        "Range, '', false",
        "x-cos-acl, '', true",
        "x-cos-*, '', true",
        "x-cos-*, x-cos-acl, true",
        "x-cos-*, x-cos-acl x-cos-meta-a, false",
        "'', '', false"
    })
    void wantsHeadersSignedThatAreThere(String listed, String signed, boolean missing) {
        Headers headers = Headers.of(
                "Host",
                "h",
                "content-type",
                "t",
                "X-Cos-Acl",
                "private",
                "x-cos-meta-a",
                "b",
                "x-cos-sdk-retry",
                "true");
        assertThat(rule("*", listed, "").check("PutObject", names(signed), Set.of(), headers, Query.NONE))
                .isEqualTo(
                        missing
                                ? Optional.of("Strict signature missing header that must be signed")
                                : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "versionid, '', true",
        "versionId, versionid, false",
        "uploadId, '', false",
        "all, versionid, true",
        "all, versionid response%2ftype, false",
        "ALL, '', true",
        "q-ak, '', true",
        "x-cos-security-token, '', true",
        "'', '', false"
    })
    void wantsParametersSignedThatAreThere(String listed, String signed, boolean missing) {
        Query query = Query.parse("versionId=v&response%2Ftype=t&q-sign-algorithm=sha1&q-ak=a&q-signature=s"
                + "&sign=x&x-cos-security-token=t");
        assertThat(rule("*", "", listed).check("GetObject", Set.of(), names(signed), Headers.NONE, query))
                .isEqualTo(
                        missing ? Optional.of("Strict signature missing param that must be signed") : Optional.empty());
    }

    @Test
    void looksAtEveryRule() {
        StrictSignatureConfiguration strict = new StrictSignatureConfiguration(List.of(
                new StrictSignatureRule("a", List.of("PutObject"), List.of("Host"), List.of()),
                new StrictSignatureRule("b", List.of("GetObject"), List.of("Range"), List.of()),
                new StrictSignatureRule("c", List.of("Get*"), List.of("Host"), List.of())));
        Headers headers = Headers.of("Host", "h");
        assertThat(strict.check("GetObject", Set.of(), Set.of(), headers, Query.NONE))
                .isPresent();
        assertThat(strict.check("GetObject", Set.of("host"), Set.of(), headers, Query.NONE))
                .isEmpty();
    }
}
