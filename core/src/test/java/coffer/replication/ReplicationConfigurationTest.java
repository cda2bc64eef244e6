package coffer.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationConfigurationTest {
    private static final Tags NONE = Tags.none(TagLimits.OBJECT);
    private static final String THERE = "<Destination><Bucket>qcs::cos:ap-x::b-1</Bucket></Destination>";

    private static String rule(String id, String where, String rest) {
        return "<Rule><ID>" + id + "</ID><Status>Enabled</Status>" + where + rest + "</Rule>";
    }

    private static ReplicationConfiguration read(String... rules) {
        String document = "<ReplicationConfiguration><Role>qcs::cam::uin/1:uin/1</Role>" + String.join("", rules)
                + "</ReplicationConfiguration>";
        return ReplicationConfiguration.read(Element.parse(document.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Prefix>a/</Prefix>",
                "<Filter><Prefix>a/</Prefix></Filter>",
                "<Priority>3</Priority><Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>",
                "<Filter><And><Prefix>a/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter>"
            })
    void whatIsWrittenIsWhatWasRead(String where) {
        ReplicationConfiguration rules = read(rule("r", where, THERE));
        XmlWriter xml = new XmlWriter();
        rules.write(xml);
        assertThat(ReplicationConfiguration.read(Element.parse(xml.toBytes()))).isEqualTo(rules);
    }

    @Test
    void rulesConcernWhatTheirFiltersSay() {
        ReplicationConfiguration rules = read(rule(
                "r", "<Filter><And><Prefix>a/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></And></Filter>", THERE));
        Tags tagged = Tags.ofHeader("k=v&other=1");
        assertThat(rules.of("a/x", tagged)).hasSize(1);
        assertThat(rules.of("a/x", NONE)).isEmpty();
        assertThat(rules.of("b/x", tagged)).isEmpty();
        assertThat(rules.rules().getFirst().deleteMarkers()).isFalse();
    }

    @Test
    void toOneBucketTheHigherPriorityCounts() {
        ReplicationConfiguration rules = read(
                rule("low", "<Prefix/><Priority>1</Priority>", THERE),
                rule("high", "<Prefix>a</Prefix><Priority>2</Priority>", THERE),
                rule("other", "<Prefix/>", "<Destination><Bucket>qcs::cos:ap-x::c-1</Bucket></Destination>"));
        assertThat(rules.of("abc", NONE)).extracting(ReplicationRule::id).containsExactly("high", "other");
        assertThat(rules.of("b", NONE)).extracting(ReplicationRule::id).containsExactly("low", "other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qcs::cos:ap-x::b-1|ap-x|b-1",
                "qcs:id/0:cos:ap-x:appid/1:b|ap-x|b-1",
                "arn:aws:s3:::b-1||b-1",
                "arn:aws:s3:far::b-1|far|b-1"
            })
    void targetsAreNamedInManyWays(String text, String region, String bucket) {
        ReplicaTarget target = ReplicaTarget.parse(text);
        assertThat(target.region()).isEqualTo(Optional.ofNullable(region));
        assertThat(target.bucket()).isEqualTo(bucket);
    }

    @ParameterizedTest
    @CsvSource({
        "<Prefix>a</Prefix>, INVALID_ARGUMENT",
        "<Prefix/><DeleteMarkerReplication><Status>Maybe</Status></DeleteMarkerReplication>, INVALID_ARGUMENT",
        "<Prefix/><SourceSelectionCriteria/>, NOT_IMPLEMENTED"
    })
    void wrongRulesAreRefused(String where, CosError error) {
        assertThatExceptionOfType(CosException.class)
                .isThrownBy(() -> read(rule("r", "<Prefix>ab</Prefix>", THERE), rule("s", where, THERE)))
                .satisfies(e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void theStatusIsThatOfAllRules() {
        Replication both = Replication.pending(List.of("a", "b"));
        assertThat(both.status()).isEqualTo("PENDING");
        assertThat(both.done("a", false).status()).isEqualTo("PENDING");
        assertThat(both.done("a", false).done("b", false).status()).isEqualTo("COMPLETED");
        assertThat(both.done("a", true).done("b", false).status()).isEqualTo("FAILED");
        assertThat(Replication.REPLICA.status()).isEqualTo("REPLICA");
        RecordWriter out = new RecordWriter(1);
        both.write(out);
        assertThat(Replication.read(new RecordReader(out.toBytes(), 1))).isEqualTo(both);
    }
}
