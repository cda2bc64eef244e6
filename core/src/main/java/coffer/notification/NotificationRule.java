package coffer.notification;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Which events of which objects a webhook hears of.
 *
 * @param id 1 to 255 characters
 * @param kind the element it was sent in; all of them mean the same here
 * @param target as it was sent: an ARN that ends in the name of a webhook, or that name
 * @param events at least one, all in the words of one API
 * @param prefix that keys must begin with; empty for any
 * @param suffix that keys must end with; empty for any
 */
public record NotificationRule(
        String id, Kind kind, String target, List<EventPattern> events, String prefix, String suffix) {
    private static final int MAX_ID_LENGTH = 255;
    private static final int MAX_FILTER_BYTES = 1024;

    public NotificationRule {
        events = List.copyOf(events);
    }

    /** What S3 calls a target: queue, topic, function. */
    enum Kind {
        QUEUE("QueueConfiguration", "Queue"),
        TOPIC("TopicConfiguration", "Topic"),
        FUNCTION("CloudFunctionConfiguration", "CloudFunction");

        private final String element;
        private final String target;

        Kind(String element, String target) {
            this.element = element;
            this.target = target;
        }

        String element() {
            return element;
        }
    }

    /** The name of the webhook. */
    public String webhook() {
        return target.substring(target.lastIndexOf(':') + 1);
    }

    /** Whether its events are told in the words of S3. */
    public boolean isS3() {
        return events.getFirst().isS3();
    }

    /** The queue that its events wait in. */
    public String queue() {
        return NotificationConfiguration.QUEUES + id;
    }

    /** Whether the webhook hears of an event. */
    public boolean concerns(EventType type, String key) {
        return key.startsWith(prefix) && key.endsWith(suffix) && events.stream().anyMatch(event -> event.matches(type));
    }

    /**
     * Refuses two rules by which one event would be told twice.
     *
     * @throws CosException {@code NotifyRuleEventConflict}
     */
    void requireApart(NotificationRule other) {
        boolean sharesKeys = (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
        if (sharesKeys && events.stream().anyMatch(mine -> other.events.stream().anyMatch(mine::overlaps))) {
            throw CosError.NOTIFY_RULE_EVENT_CONFLICT.because("Configurations overlap: " + id + " and " + other.id
                    + " mean the same event of the same keys; give them prefixes or suffixes that exclude each other.");
        }
    }

    static NotificationRule read(Element element, Kind kind) {
        String target = element.required(kind.target);
        List<EventPattern> events = new ArrayList<>();
        element.all("Event").forEach(event -> events.add(EventPattern.parse(event.text())));
        if (events.isEmpty()) {
            throw CosError.MALFORMED_XML.because(kind.element + " must have a child element Event.");
        }
        if (events.stream().map(EventPattern::isS3).distinct().count() > 1) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The events of one configuration are all in the words of COS or all in those of S3.");
        }
        String prefix = "";
        String suffix = "";
        for (Element rule : rules(element)) {
            String value = rule.childText("Value").orElse("");
            if (value.getBytes(StandardCharsets.UTF_8).length > MAX_FILTER_BYTES) {
                throw CosError.INVALID_ARGUMENT.because("A filter has at most " + MAX_FILTER_BYTES + " bytes.");
            }
            switch (rule.required("Name").toLowerCase(Locale.ROOT)) {
                case "prefix" -> prefix = once("prefix", prefix, value);
                case "suffix" -> suffix = once("suffix", suffix, value);
                default ->
                    throw CosError.INVALID_ARGUMENT.because("The name of a FilterRule must be prefix or suffix.");
            }
        }
        String id = element.childText("Id")
                .or(() -> element.childText("ID"))
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> made(element));
        if (id.length() > MAX_ID_LENGTH) {
            throw CosError.INVALID_ARGUMENT.because("An Id has at most " + MAX_ID_LENGTH + " characters.");
        }
        return new NotificationRule(id, kind, target, events, prefix, suffix);
    }

    private static List<Element> rules(Element element) {
        Optional<Element> filter = element.child("Filter").flatMap(found -> found.child("S3Key"));
        return filter.map(found -> found.all("FilterRule")).orElse(List.of());
    }

    private static String once(String name, String before, String value) {
        if (!before.isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because("There can be one FilterRule for the " + name + ".");
        }
        return value;
    }

    /** The same for the same rule, wherever it stands: events that wait for it find it again. */
    private static String made(Element element) {
        CRC32C hash = new CRC32C();
        hash.update(element.toString().getBytes(StandardCharsets.UTF_8));
        return "rule-" + HexFormat.of().toHexDigits((int) hash.getValue());
    }

    void write(XmlWriter xml) {
        xml.open(kind.element).element("Id", id).element(kind.target, target);
        events.forEach(event -> xml.element("Event", event.text()));
        if (!prefix.isEmpty() || !suffix.isEmpty()) {
            xml.open("Filter").open("S3Key");
            filter(xml, "Prefix", prefix);
            filter(xml, "Suffix", suffix);
            xml.close("S3Key").close("Filter");
        }
        xml.close(kind.element);
    }

    private static void filter(XmlWriter xml, String name, String value) {
        if (!value.isEmpty()) {
            xml.open("FilterRule").element("Name", name).element("Value", value).close("FilterRule");
        }
    }
}
