package coffer.tiering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TieringRulesTest {
    private static final String OLD = "<IntelligentTieringConfiguration><Status>Enabled</Status>"
            + "<Transition><Days>30</Days><RequestFrequent>1</RequestFrequent></Transition>"
            + "</IntelligentTieringConfiguration>";
    private static final String DEFAULT = "<IntelligentTieringConfiguration><Id>default</Id><Status>Enabled</Status>"
            + "<Tiering><AccessTier>INFREQUENT</AccessTier><Days>30</Days><RequestFrequent>1</RequestFrequent></Tiering>"
            + "</IntelligentTieringConfiguration>";
    private static final String ARCHIVE = "<IntelligentTieringConfiguration><Id>cold</Id><Status>Enabled</Status>"
            + "<Tiering><AccessTier>ARCHIVE_ACCESS</AccessTier><Days>91</Days></Tiering>"
            + "<Tiering><AccessTier>DEEP_ARCHIVE_ACCESS</AccessTier><Days>180</Days></Tiering>"
            + "<Filter><And><Prefix>old/</Prefix><Tag><Key>a</Key><Value>1</Value></Tag></And></Filter>"
            + "</IntelligentTieringConfiguration>";

    private static Element parse(String document) {
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static TieringRule rule(String document) {
        Element root = parse(document);
        return TieringRule.read(root.childText("Id").orElse("default"), root);
    }

    private static String written(Consumer<XmlWriter> document) {
        XmlWriter xml = new XmlWriter();
        document.accept(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(rule(DEFAULT)::write)).isEqualTo(DEFAULT);
        assertThat(written(rule(ARCHIVE)::write)).isEqualTo(ARCHIVE);
        TieringRules rules = TieringRules.NONE.with(rule(DEFAULT)).with(rule(ARCHIVE));
        assertThat(written(rules::write))
                .isEqualTo("<ListBucketIntelligentTieringConfigurationsOutput>" + DEFAULT + ARCHIVE
                        + "</ListBucketIntelligentTieringConfigurationsOutput>");
        assertThat(TieringRules.read(parse(written(rules::write)))).isEqualTo(rules);
    }

    @Test
    void showsOneSettingInBothForms() {
        TieringRules old = TieringRules.NONE.with(TieringRule.readDefault(parse(OLD)));
        assertThat(old).isEqualTo(TieringRules.NONE.with(rule(DEFAULT)));
        assertThat(written(old::writeDefault)).isEqualTo(OLD);
    }

    @Test
    void closesItselfWhereNothingWasSet() {
        assertThat(written(TieringRules.NONE::write)).isEqualTo("<ListBucketIntelligentTieringConfigurationsOutput/>");
        assertThat(written(TieringRules.NONE::writeDefault)).isEqualTo("<IntelligentTieringConfiguration/>");
        assertThat(TieringRules.read(parse(written(TieringRules.NONE::write)))).isEqualTo(TieringRules.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "<RequestFrequent>1</RequestFrequent>, ''",
        "<Transition><Days>30</Days><RequestFrequent>1</RequestFrequent></Transition>, ''",
        "<Days>30</Days>, ''"
    })
    void fillsInWhatTheOlderFormLeavesOut(String there, String left) {
        assertThat(TieringRule.readDefault(parse(OLD.replace(there, left)))).isEqualTo(rule(DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, Perhaps, INVALID_ARGUMENT",
        "30, 31, INVALID_ARGUMENT",
        "30, 0, INVALID_ARGUMENT",
        ">1<, >2<, INVALID_ARGUMENT",
        "<Status>Enabled</Status>, '', MALFORMED_XML",
        "IntelligentTieringConfiguration, Tiering, MALFORMED_XML"
    })
    void refusesWhatIsWrongInTheOlderForm(String right, String wrong, CosError error) {
        assertRefused(error, () -> TieringRule.readDefault(parse(OLD.replace(right, wrong))));
    }

    @ParameterizedTest
    @CsvSource({
        "cold, default, INVALID_ARGUMENT",
        "cold, a b, INVALID_ARGUMENT",
        "ARCHIVE_ACCESS, INFREQUENT, INVALID_ARGUMENT",
        "DEEP_ARCHIVE_ACCESS, ARCHIVE_ACCESS, INVALID_ARGUMENT",
        "DEEP_ARCHIVE_ACCESS, ICE, INVALID_ARGUMENT",
        "91, 89, INVALID_ARGUMENT",
        "91, 36501, INVALID_ARGUMENT",
        "<Days>91</Days>, <Days>91</Days><RequestFrequent>2</RequestFrequent>, INVALID_ARGUMENT",
        "<Days>91</Days>, '', MALFORMED_XML",
        "<Key>a</Key>, <Key>a?</Key>, INVALID_TAG",
        "Tiering>, Moving>, MALFORMED_XML",
        "<Status>Enabled</Status>, '', MALFORMED_XML"
    })
    void refusesWhatIsWrongInTheNewerForm(String right, String wrong, CosError error) {
        assertRefused(error, () -> rule(ARCHIVE.replace(right, wrong)));
    }

    @Test
    void refusesAFilterAndADocumentOfAnotherIdForTheDefaultRule() {
        assertRefused(
                CosError.INVALID_ARGUMENT,
                () -> rule(DEFAULT.replace("</Tiering>", "</Tiering><Filter><Prefix>a</Prefix></Filter>")));
        assertRefused(CosError.INVALID_ARGUMENT, () -> TieringRule.read("default", parse(ARCHIVE)));
        assertThat(TieringRule.read("cold", parse(ARCHIVE.replace("<Id>cold</Id>", ""))))
                .isEqualTo(rule(ARCHIVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Prefix>a</Prefix>", "<Tag><Key>a</Key><Value>1</Value></Tag>"})
    void writesFiltersWithAndOnly(String condition) {
        String plain = ARCHIVE.replaceAll("<Filter>.*</Filter>", "<Filter>" + condition + "</Filter>");
        assertThat(written(rule(plain)::write)).contains("<Filter><And>" + condition + "</And></Filter>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Filter/>", "<Filter><And/></Filter>", "<Filter><Prefix/></Filter>"})
    void leavesAnEmptyFilterOut(String filter) {
        String empty = ARCHIVE.replaceAll("<Filter>.*</Filter>", filter);
        assertThat(written(rule(empty)::write)).doesNotContain("Filter");
    }

    @Test
    void keepsTheDefaultRuleAsItIs() {
        TieringRules rules = TieringRules.NONE.with(rule(DEFAULT));
        assertThat(rules.with(TieringRule.readDefault(parse(OLD)))).isSameAs(rules);
        assertThatThrownBy(() -> rules.with(rule(DEFAULT.replace("30", "60"))))
                .hasMessageContaining("Not support modify intelligent tiering configuration");
        assertRefused(CosError.INVALID_BUCKET_STATE, () -> rules.with(rule(DEFAULT.replace("Enabled", "Suspended"))));
        assertThatThrownBy(() -> rules.without("default")).hasMessage("The default rule cannot be modified");
    }

    @Test
    void enablesASuspendedDefaultRule() {
        TieringRules suspended = TieringRules.NONE.with(rule(DEFAULT.replace("Enabled", "Suspended")));
        assertThat(suspended.isEnabled()).isFalse();
        TieringRules enabled = suspended.with(rule(DEFAULT));
        assertThat(enabled.isEnabled()).isTrue();
        assertThat(enabled.rules()).hasSize(1);
    }

    @Test
    void makesReplacesAndDeletesOtherRules() {
        assertRefused(CosError.INVALID_BUCKET_STATE, () -> TieringRules.NONE.with(rule(ARCHIVE)));
        TieringRules rules = TieringRules.NONE
                .with(rule(DEFAULT))
                .with(rule(ARCHIVE))
                .with(rule(ARCHIVE.replace("cold", "colder")))
                .with(rule(ARCHIVE.replace("91", "92")));
        assertThat(rules.rules()).extracting(TieringRule::id).containsExactly("default", "cold", "colder");
        assertThat(rules.find("cold").orElseThrow().tierings().getFirst().days())
                .isEqualTo(92);
        assertThat(rules.without("cold").find("cold")).isEmpty();
        assertThat(rules.without("never")).isEqualTo(rules);
    }

    @Test
    void countsRules() {
        TieringRules rules = TieringRules.NONE.with(rule(DEFAULT));
        for (int i = 1; i < 1000; i++) {
            rules = rules.with(rule(ARCHIVE.replace("cold", "cold" + i)));
        }
        TieringRules full = rules;
        assertThat(full.rules()).hasSize(1000);
        assertRefused(CosError.INVALID_ARGUMENT, () -> full.with(rule(ARCHIVE)));
    }
}
