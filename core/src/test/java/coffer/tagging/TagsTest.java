package coffer.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private static final String ONE =
            "<Tagging><TagSet><Tag><Key>team</Key><Value>media</Value></Tag></TagSet></Tagging>";

    private static Element parse(String document) {
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(Tags tags) {
        XmlWriter xml = new XmlWriter();
        tags.write(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CosException.class, e -> {
            assertThat(e.error()).isEqualTo(error);
            assertThat(e.message()).contains(message);
        });
    }

    private static Map<String, String> many(int count) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tags.put("key" + i, "");
        }
        return tags;
    }

    @Test
    void handsBackWhatWasRead() {
        assertThat(written(Tags.ofBucket(parse(ONE)))).isEqualTo(ONE);
        assertThat(written(Tags.ofObject(parse("<Tagging><TagSet/></Tagging>"))))
                .isEqualTo("<Tagging><TagSet></TagSet></Tagging>");
    }

    @Test
    void takesSeveralTagSetsAsOneAndKeepsTheOrder() {
        Tags tags =
                Tags.ofBucket(parse("<Tagging xmlns='http://x'><TagSet><Tag><Key>z</Key><Value>1</Value></Tag></TagSet>"
                        + "<TagSet><Tag><Key> a </Key></Tag><Tag><Key>M</Key><Value/></Tag></TagSet></Tagging>"));
        assertThat(tags.all().keySet()).containsExactly("z", " a ", "M");
        assertThat(tags.pairs()).containsExactly("z&1", " a &", "M&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Tags/>",
                "<Tagging/>",
                "<Tagging><Tag><Key>a</Key></Tag></Tagging>",
                "<Tagging><TagSet><Tag><Value>v</Value></Tag></TagSet></Tagging>"
            })
    void refusesDocumentsThatLackAnElement(String document) {
        assertRefused(CosError.MALFORMED_XML, "", () -> Tags.ofObject(parse(document)));
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        String twice = "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag>";
        assertRefused(
                CosError.INVALID_TAG,
                "'a'",
                () -> Tags.ofBucket(parse("<Tagging><TagSet>" + twice + "</TagSet></Tagging>")));
        assertRefused(CosError.INVALID_TAG, "'a'", () -> Tags.ofHeader("a=1&a=1"));
    }

    @ParameterizedTest
    @EnumSource(TagLimits.class)
    void countsTags(TagLimits limits) {
        assertThat(new Tags(limits, many(limits.most())).all()).hasSize(limits.most());
        assertRefused(
                CosError.INVALID_TAG, "At most " + limits.most(), () -> new Tags(limits, many(limits.most() + 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "Team 7", "+-_=.:/@", "部门", "Größe", "e\u0301tat", "\u0e17\u0e35\u0e48", "\uD835\uDC00"})
    void allowsLettersOfEveryScriptDigitsBlanksAndSomeSigns(String text) {
        assertThat(new Tags(TagLimits.OBJECT, Map.of(text, text)).all()).containsEntry(text, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b", "a?", "a,b", "<a>", "a\nb", "a\tb", "a*", "#a", "a\u0000", "😀"})
    void refusesOtherCharactersInKeysAndValues(String text) {
        assertRefused(CosError.INVALID_TAG, "letters", () -> new Tags(TagLimits.OBJECT, Map.of(text, "")));
        assertRefused(CosError.INVALID_TAG, "'key'", () -> new Tags(TagLimits.OBJECT, Map.of("key", text)));
    }

    @Test
    void countsCharactersNotBytes() {
        assertThat(new Tags(TagLimits.OBJECT, Map.of("部".repeat(128), "门".repeat(256))).all())
                .hasSize(1);
        assertRefused(CosError.INVALID_TAG, "1 to 128", () -> new Tags(TagLimits.OBJECT, Map.of("a".repeat(129), "")));
        assertRefused(CosError.INVALID_TAG, "1 to 128", () -> new Tags(TagLimits.OBJECT, Map.of("", "v")));
        assertRefused(
                CosError.INVALID_TAG, "at most 256", () -> new Tags(TagLimits.OBJECT, Map.of("a", "v".repeat(257))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcs:a", "project", "projectId"})
    void reservesKeysOnBucketsOnly(String key) {
        assertRefused(CosError.INVALID_TAG, "reserved", () -> new Tags(TagLimits.BUCKET, Map.of(key, "v")));
        assertThat(new Tags(TagLimits.OBJECT, Map.of(key, "v")).all()).hasSize(1);
    }

    @Test
    void readsTheHeader() {
        assertThat(Tags.ofHeader("k1=v1&%E9%83%A8=a%2Bb+c&empty=&bare").all())
                .containsExactly(
                        Map.entry("k1", "v1"), Map.entry("部", "a+b c"), Map.entry("empty", ""), Map.entry("bare", ""));
        assertThat(Tags.ofHeader("").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "=v", "a=%26", "%ff=1"})
    void refusesAWrongHeader(String header) {
        assertRefused(CosError.INVALID_TAG, "", () -> Tags.ofHeader(header));
    }

    @Test
    void keepsItsOrderInARecord() {
        Tags tags = Tags.ofHeader("z=1&a=2&m=3");
        byte[] record = new RecordWriter(1).texts(tags.all()).toBytes();
        Tags read = new Tags(TagLimits.OBJECT, new RecordReader(record, 1).texts());
        assertThat(read.pairs()).isEqualTo(tags.pairs());
    }
}
