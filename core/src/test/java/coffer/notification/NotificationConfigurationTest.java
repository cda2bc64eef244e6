package coffer.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationConfigurationTest {
    private static String queue(String id, String event, String filter) {
        return "<QueueConfiguration><Id>" + id + "</Id><Queue>arn:aws:sqs:x:1:hook</Queue><Event>" + event + "</Event>"
                + filter + "</QueueConfiguration>";
    }

    private static String filter(String name, String value) {
        return "<Filter><S3Key><FilterRule><Name>" + name + "</Name><Value>" + value
                + "</Value></FilterRule></S3Key></Filter>";
    }

    private static NotificationConfiguration read(String... rules) {
        String document = "<NotificationConfiguration>" + String.join("", rules) + "</NotificationConfiguration>";
        return NotificationConfiguration.read(Element.parse(document.getBytes(UTF_8)));
    }

    @Test
    void whatIsWrittenIsWhatWasRead() {
        NotificationConfiguration rules = read(
                queue("a", "s3:ObjectCreated:*", filter("prefix", "in/")),
                queue("b", "cos:ObjectRemove:Delete", filter("Suffix", ".jpg")));
        XmlWriter xml = new XmlWriter();
        rules.write(xml);
        assertThat(NotificationConfiguration.read(Element.parse(xml.toBytes()))).isEqualTo(rules);
        assertThat(rules.rules().getFirst().webhook()).isEqualTo("hook");
        assertThat(rules.rules().getFirst().isS3()).isTrue();
        assertThat(rules.rules().getLast().isS3()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "s3:ObjectCreated:*, CREATED_BY_COPY, true",
        "s3:ObjectCreated:Put, CREATED_BY_APPEND, true",
        "cos:ObjectCreated:Put, CREATED_BY_APPEND, false",
        "cos:ObjectCreated:Append, CREATED_BY_APPEND, true",
        "cos:ObjectRemove:*, EXPIRED, true",
        "s3:ObjectRemoved:*, EXPIRED, false",
        "s3:LifecycleExpiration:*, EXPIRED, true",
        "s3:ObjectRemoved:Delete, MARKED, false",
        "s3:ObjectTagging:*, UNTAGGED, true",
        "s3:LifecycleTransition, MOVED, true"
    })
    void patternsMeanEvents(String pattern, EventType type, boolean meant) {
        assertThat(EventPattern.parse(pattern).matches(type)).isEqualTo(meant);
    }

    @Test
    void onlyKeysOfTheFilterAreMeant() {
        NotificationConfiguration rules = read(queue("a", "s3:ObjectCreated:*", filter("suffix", ".jpg")));
        assertThat(rules.queues(EventType.CREATED_BY_PUT, "x.jpg")).containsExactly("notification/a");
        assertThat(rules.queues(EventType.CREATED_BY_PUT, "x.png")).isEmpty();
        assertThat(rules.queues(EventType.REMOVED, "x.jpg")).isEmpty();
    }

    @Test
    void aRuleWithoutAnIdGetsTheSameOneEachTime() {
        String rule = "<TopicConfiguration><Topic>hook</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>";
        String other = "<TopicConfiguration><Topic>hook</Topic><Event>s3:ObjectRemoved:*</Event></TopicConfiguration>";
        assertThat(read(rule).rules().getFirst().id())
                .isEqualTo(read(other, rule).rules().getLast().id())
                .isNotEqualTo(read(other).rules().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, a, prefix, ab",
        "suffix, a, suffix, ba",
        "prefix, a, suffix, b",
    })
    void rulesThatMeanTheSameAreRefused(String name, String value, String otherName, String otherValue) {
        assertThatExceptionOfType(CosException.class)
                .isThrownBy(() -> read(
                        queue("a", "s3:ObjectCreated:*", filter(name, value)),
                        queue("b", "cos:ObjectCreated:Copy", filter(otherName, otherValue))))
                .satisfies(e -> assertThat(e.error()).isEqualTo(CosError.NOTIFY_RULE_EVENT_CONFLICT));
    }

    @Test
    void rulesThatMeanOtherThingsGoTogether() {
        assertThat(read(
                                queue("a", "s3:ObjectCreated:*", filter("prefix", "a/")),
                                queue("b", "s3:ObjectCreated:*", filter("prefix", "b/")),
                                queue("c", "s3:ObjectRemoved:*", ""))
                        .rules())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "s3:ObjectCreated:*</Event><Event>cos:ObjectCreated:*, INVALID_ARGUMENT",
        "cos:LifecycleTransition, INVALID_ARGUMENT",
        "ObjectCreated:*, INVALID_ARGUMENT",
        "s3:*, INVALID_ARGUMENT",
        "s3:ObjectRestore:Delete, NOT_IMPLEMENTED"
    })
    void eventsThatAreNoneAreRefused(String events, CosError error) {
        assertThatExceptionOfType(CosException.class)
                .isThrownBy(() -> read(queue("a", events, "")))
                .satisfies(e -> assertThat(e.error()).isEqualTo(error));
    }
}
