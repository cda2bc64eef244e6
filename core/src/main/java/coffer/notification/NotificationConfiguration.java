package coffer.notification;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.event.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which webhooks hear of what happens in a bucket. COS has no public document for it, so it is that of S3. Source: S3 API
 * reference, "PutBucketNotificationConfiguration"; COS docs, "Event notification", for the names of its events.
 *
 * @param rules with different ids, and none that tells an event that another one tells
 */
public record NotificationConfiguration(List<NotificationRule> rules) {
    /** What the names of the queues of events for webhooks begin with. */
    public static final String QUEUES = "notification/";

    private static final String ROOT = "NotificationConfiguration";
    private static final int MAX_RULES = 100;

    /**
     * Checks the rules together.
     *
     * @throws CosException {@code InvalidArgument}, {@code NotifyRuleEventConflict}
     */
    public NotificationConfiguration {
        rules = List.copyOf(rules);
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A bucket has at most " + MAX_RULES + " configurations.");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            if (!ids.add(rules.get(i).id())) {
                throw CosError.INVALID_ARGUMENT.because("The Id " + rules.get(i).id() + " is there twice.");
            }
            for (int j = 0; j < i; j++) {
                rules.get(i).requireApart(rules.get(j));
            }
        }
    }

    /**
     * Reads a {@code NotificationConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code NotImplemented}
     */
    public static NotificationConfiguration read(Element root) {
        if (root.named(ROOT).child("EventBridgeConfiguration").isPresent()) {
            throw CosError.NOT_IMPLEMENTED.because("There is no event bridge on this server; name a webhook.");
        }
        List<NotificationRule> rules = new ArrayList<>();
        for (NotificationRule.Kind kind : NotificationRule.Kind.values()) {
            root.all(kind.element()).forEach(rule -> rules.add(NotificationRule.read(rule, kind)));
        }
        return new NotificationConfiguration(rules);
    }

    /** Whether nobody hears of anything. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Refuses webhooks that are not there.
     *
     * @param exists whether there is a webhook of this name
     * @throws CosException {@code InvalidArgument}
     */
    public void requireTargets(Predicate<String> exists) {
        rules.stream().filter(rule -> !exists.test(rule.webhook())).findFirst().ifPresent(rule -> {
            throw CosError.INVALID_ARGUMENT.because("Unable to validate the following destination configurations: "
                    + rule.target() + ". The account of the bucket has no webhook " + rule.webhook()
                    + "; the administrator makes one by ./coffer admin webhook create.");
        });
    }

    /** The queues of those who hear of an event. */
    public List<String> queues(EventType type, String key) {
        return rules.stream()
                .filter(rule -> rule.concerns(type, key))
                .map(NotificationRule::queue)
                .toList();
    }

    /** Writes the document. */
    public void write(XmlWriter xml) {
        xml.open(ROOT);
        rules.forEach(rule -> rule.write(xml));
        xml.close(ROOT);
    }
}
