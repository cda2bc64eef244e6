package coffer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleConfigurationTest {
    private static final Instant WRITTEN = Instant.parse("2026-02-01T04:00:00Z");
    private static final String LARGE = "1000000";

    private static final String EXPIRE_3 = "<Expiration><Days>3</Days></Expiration>";
    private static final String ALL = "<Filter><Prefix></Prefix></Filter>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Filter><Prefix>a/</Prefix></Filter>",
                "<Filter/>",
                "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>",
                "<Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter>",
                "<Filter><And><Prefix>a</Prefix><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>"
                        + "<ObjectSizeLessThan>5</ObjectSizeLessThan></And></Filter>",
                "<Filter><And><Prefix>a</Prefix><PrefixNotEquals>ab</PrefixNotEquals></And></Filter>",
                "<Prefix>old</Prefix>",
            })
    void filtersAreWrittenAsTheyWereRead(String filter) {
        String rule = "<Rule><ID>r</ID>" + filter + "<Status>Enabled</Status>" + EXPIRE_3 + "</Rule>";
        assertThat(written(rule)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Transition><Days>0</Days><StorageClass>STANDARD_IA</StorageClass></Transition>",
                "<Transition><Date>2030-01-01T00:00:00+08:00</Date><StorageClass>ARCHIVE</StorageClass></Transition>",
                "<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration>",
                "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>",
                "<NoncurrentVersionTransition><NoncurrentDays>1</NoncurrentDays>"
                        + "<StorageClass>DEEP_ARCHIVE</StorageClass></NoncurrentVersionTransition>",
                "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>",
                "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
                        + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration>",
                "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>"
                        + "</AbortIncompleteMultipartUpload>",
            })
    void actionsAreWrittenAsTheyWereRead(String action) {
        String rule = "<Rule><ID>r</ID>" + ALL.replace("<Prefix></Prefix>", "<Prefix/>") + "<Status>Disabled</Status>"
                + action + "</Rule>";
        assertThat(written(rule)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Status>Enabled</Status>" + EXPIRE_3 + " | MalformedXML",
                ALL + EXPIRE_3 + " | MalformedXML",
                ALL + "<Status>On</Status>" + EXPIRE_3 + " | InvalidArgument",
                ALL + "<Status>Enabled</Status> | MalformedXML",
                ALL + "<Status>Enabled</Status><Expiration/> | MalformedXML",
                ALL + "<Status>Enabled</Status><Expiration><Days>0</Days></Expiration> | InvalidArgument",
                ALL + "<Status>Enabled</Status><Expiration><Days>3651</Days></Expiration> | InvalidArgument",
                ALL + "<Status>Enabled</Status><Expiration><Days>1</Days>"
                        + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration> | MalformedXML",
                ALL + "<Status>Enabled</Status><Expiration><Date>soon</Date></Expiration> | InvalidArgument",
                ALL + "<Status>Enabled</Status><Transition><Date>2030-01-01</Date>"
                        + "<StorageClass>ARCHIVE</StorageClass></Transition>" + EXPIRE_3 + " | InvalidArgument",
                ALL + "<Status>Enabled</Status><Transition><Days>1</Days>"
                        + "<StorageClass>STANDARD</StorageClass></Transition> | InvalidArgument",
                ALL + "<Status>Enabled</Status><Transition><StorageClass>ARCHIVE</StorageClass></Transition>"
                        + " | MalformedXML",
                ALL + "<Status>Enabled</Status><Transition><AccessFrequency/>"
                        + "<StorageClass>ARCHIVE</StorageClass></Transition> | NotImplemented",
                "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status>"
                        + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
                        + "</AbortIncompleteMultipartUpload> | InvalidArgument",
                "<Filter><Prefix>a</Prefix><Tag><Key>k</Key></Tag></Filter><Status>Enabled</Status>" + EXPIRE_3
                        + " | MalformedXML",
                "<Filter><Suffix>a</Suffix></Filter><Status>Enabled</Status>" + EXPIRE_3 + " | MalformedXML",
            })
    void wrongRulesAreRefused(String rule, String code) {
        assertThatThrownBy(() -> read("<Rule>" + rule + "</Rule>"))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @Test
    void rulesAreCheckedTogether() {
        String rule = "<Rule><ID>r</ID>" + ALL + "<Status>Enabled</Status>" + EXPIRE_3 + "</Rule>";
        assertThatThrownBy(() -> read(rule + rule)).hasMessageContaining("twice");
        assertThatThrownBy(() -> read("")).hasMessageContaining("Rule");
        String many = IntStream.range(0, 1001)
                .mapToObj(i -> rule.replace(">r<", ">r" + i + "<"))
                .collect(Collectors.joining());
        assertThatThrownBy(() -> read(many)).hasMessageContaining("1000");
        assertThatThrownBy(() -> read(rule.replace(">r<", ">" + "r".repeat(256) + "<")))
                .hasMessageContaining("255");
    }

    @Test
    void rulesWithoutIdGetOne() {
        assertThat(written("<Rule>" + ALL + "<Status>Enabled</Status>" + EXPIRE_3 + "</Rule>"))
                .contains("<ID>rule-1</ID>");
    }

    /** Days of age, bytes, class before, expected; rules: to IA after 2, to the archive after 4, gone after 6 with prefix b. */
    @ParameterizedTest
    @CsvSource({
        "a, 0, " + LARGE + ", STANDARD, KEEP",
        "a, 3, " + LARGE + ", STANDARD, STANDARD_IA",
        "a, 3, 65535, STANDARD, KEEP",
        "a, 3, " + LARGE + ", STANDARD_IA, KEEP",
        "a, 3, " + LARGE + ", DEEP_ARCHIVE, KEEP",
        "a, 9, " + LARGE + ", STANDARD, ARCHIVE",
        "b, 9, " + LARGE + ", STANDARD, EXPIRE",
        "b, 9, 1, STANDARD, EXPIRE",
        "b, 5, " + LARGE + ", STANDARD_IA, ARCHIVE",
    })
    void theColdestOfWhatIsDueCountsAndExpirationBeforeAll(
            String key, int age, long bytes, String before, String expected) {
        LifecycleConfiguration rules = read("<Rule>" + ALL + "<Status>Enabled</Status>"
                + "<Transition><Days>2</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
                + "<Transition><Days>4</Days><StorageClass>ARCHIVE</StorageClass></Transition></Rule>"
                + "<Rule><Filter><Prefix>b</Prefix></Filter><Status>Enabled</Status>"
                + "<Expiration><Days>6</Days></Expiration></Rule>"
                + "<Rule>" + ALL + "<Status>Disabled</Status><Expiration><Days>1</Days></Expiration></Rule>");
        LifecycleAction action =
                rules.ofCurrent(subject(key, bytes, before), LifecycleDays.REAL, WRITTEN.plus(Duration.ofDays(age)));
        assertThat(
                        switch (action) {
                            case LifecycleAction.Keep _ -> "KEEP";
                            case LifecycleAction.Expire _ -> "EXPIRE";
                            case LifecycleAction.Move move -> move.storageClass();
                        })
                .isEqualTo(expected);
    }

    @Test
    void theEarliestExpiryIsTold() {
        LifecycleConfiguration rules = read("<Rule><ID>late</ID>" + ALL + "<Status>Enabled</Status>"
                + "<Expiration><Days>6</Days></Expiration></Rule><Rule><ID>early</ID>" + ALL
                + "<Status>Enabled</Status>" + EXPIRE_3 + "</Rule>");
        assertThat(rules.expiry(subject("a", 1, "STANDARD"), LifecycleDays.REAL))
                .contains(new LifecycleConfiguration.Expiry(Instant.parse("2026-02-04T16:00:00Z"), "early"));
    }

    @ParameterizedTest
    @CsvSource({"0, 5, false", "1, 5, false", "2, 5, true", "2, 0, false"})
    void theNewestThatAreNotCurrentStay(int newer, int age, boolean expires) {
        LifecycleConfiguration rules = read("<Rule>" + ALL + "<Status>Enabled</Status><NoncurrentVersionExpiration>"
                + "<NoncurrentDays>1</NoncurrentDays><NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
                + "</NoncurrentVersionExpiration></Rule>");
        LifecycleAction action = rules.ofNoncurrent(
                subject("a", 1, "STANDARD"), newer, LifecycleDays.REAL, WRITTEN.plus(Duration.ofDays(age)));
        assertThat(action instanceof LifecycleAction.Expire).isEqualTo(expires);
    }

    @Test
    void markersGoWhenTheyAreAlone() {
        LifecycleConfiguration noncurrent = read(
                "<Rule><Filter><Prefix>a</Prefix></Filter><Status>Enabled</Status>"
                        + "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration></Rule>");
        assertThat(noncurrent.removesMarkers("a", 1)).isTrue();
        assertThat(noncurrent.removesMarkers("a", 2)).isFalse();
        assertThat(noncurrent.removesMarkers("b", 1)).isFalse();
        LifecycleConfiguration expired = read("<Rule>" + ALL + "<Status>Enabled</Status><Expiration>"
                + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>");
        assertThat(expired.removesMarkers("b", 2)).isTrue();
    }

    @Test
    void prefixesLeadToWhatRulesAreAbout() {
        String rule = "<Rule><Filter><Prefix>%s</Prefix></Filter><Status>%s</Status>" + EXPIRE_3 + "</Rule>";
        LifecycleConfiguration rules = read(rule.formatted("logs/a", "Enabled")
                + rule.formatted("logs/", "Enabled")
                + rule.formatted("", "Disabled")
                + rule.formatted("tmp", "Enabled"));
        assertThat(rules.prefixes()).containsExactlyInAnyOrder("logs/", "tmp");
    }

    @Test
    void tagsAndSizesMustFit() {
        LifecycleConfiguration rules = read("<Rule><Filter><And><Tag><Key>k</Key><Value>v</Value></Tag>"
                + "<ObjectSizeGreaterThan>10</ObjectSizeGreaterThan></And></Filter><Status>Enabled</Status>"
                + EXPIRE_3 + "</Rule>");
        Tags tags = new Tags(TagLimits.OBJECT, Map.of("k", "v", "other", "x"));
        Instant late = WRITTEN.plus(Duration.ofDays(9));
        assertThat(rules.ofCurrent(new LifecycleSubject("a", 11, tags, "STANDARD", WRITTEN), LifecycleDays.REAL, late))
                .isEqualTo(new LifecycleAction.Expire());
        assertThat(rules.ofCurrent(new LifecycleSubject("a", 10, tags, "STANDARD", WRITTEN), LifecycleDays.REAL, late))
                .isEqualTo(new LifecycleAction.Keep());
        assertThat(rules.ofCurrent(subject("a", 11, "STANDARD"), LifecycleDays.REAL, late))
                .isEqualTo(new LifecycleAction.Keep());
    }

    @Test
    void bucketsOfSeveralZonesKeepTheirClasses() {
        String rule = "<Rule>" + ALL + "<Status>Enabled</Status><Transition><Days>1</Days>"
                + "<StorageClass>%s</StorageClass></Transition></Rule>";
        assertThatThrownBy(() -> read(rule.formatted("ARCHIVE")).requireFits(true))
                .isInstanceOfSatisfying(
                        CosException.class,
                        e -> assertThat(e.error().code()).isEqualTo("OAZOperationNotSupportOnMAZBucket"));
        read(rule.formatted("MAZ_STANDARD_IA")).requireFits(true);
        assertThatThrownBy(() -> read(rule.formatted("MAZ_STANDARD_IA")).requireFits(false))
                .hasMessageContaining("several zones");
    }

    private static LifecycleSubject subject(String key, long bytes, String storageClass) {
        return new LifecycleSubject(key, bytes, Tags.none(TagLimits.OBJECT), storageClass, WRITTEN);
    }

    private static LifecycleConfiguration read(String rules) {
        String document = "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
        return LifecycleConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(String rules) {
        XmlWriter xml = new XmlWriter();
        read(rules).write(xml);
        String text = new String(xml.toBytes(), StandardCharsets.UTF_8);
        int begin = text.indexOf("<LifecycleConfiguration>") + "<LifecycleConfiguration>".length();
        return text.substring(begin, text.indexOf("</LifecycleConfiguration>"));
    }
}
