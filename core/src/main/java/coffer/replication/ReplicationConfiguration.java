package coffer.replication;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.tagging.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Which objects of a bucket are copied to which others. Source: COS API reference, "PUT Bucket replication"; COS docs, "Bucket
 * Replication Overview".
 *
 * @param role who set it, as it was sent
 * @param rules 1 to 1000 with different ids
 */
public record ReplicationConfiguration(String role, List<ReplicationRule> rules) {
    private static final String ROOT = "ReplicationConfiguration";
    private static final int MAX_RULES = 1000;

    /**
     * Checks the rules together.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public ReplicationConfiguration {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.size() > MAX_RULES) {
            throw CosError.MALFORMED_XML.because(ROOT + " must have 1 to " + MAX_RULES + " child elements Rule.");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            if (!ids.add(rules.get(i).id())) {
                throw CosError.INVALID_ARGUMENT.because("The ID " + rules.get(i).id() + " is there twice.");
            }
            for (int j = 0; j < i; j++) {
                requireApart(rules.get(i), rules.get(j));
            }
        }
    }

    /** Rules to one bucket must be told apart, by their prefixes or their priorities. */
    private static void requireApart(ReplicationRule one, ReplicationRule other) {
        boolean sameKeys =
                one.prefix().startsWith(other.prefix()) || other.prefix().startsWith(one.prefix());
        if (one.target().bucket().equals(other.target().bucket()) && sameKeys && one.priority() == other.priority()) {
            throw CosError.INVALID_ARGUMENT.because("The prefixes of the rules " + other.id() + " and " + one.id()
                    + " overlap, and they copy to the same bucket.");
        }
    }

    /**
     * Reads a {@code ReplicationConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code TargetBucketNameInvalid},
     *     {@code InvalidTag}, {@code NotImplemented}
     */
    public static ReplicationConfiguration read(Element root) {
        String role = root.named(ROOT).required("Role");
        List<ReplicationRule> rules = new ArrayList<>();
        for (Element rule : root.all("Rule")) {
            rules.add(ReplicationRule.read(rule, "rule-" + (rules.size() + 1)));
        }
        return new ReplicationConfiguration(role, rules);
    }

    /** The rules by which an object is copied: to each bucket one, that of the highest priority. */
    public Collection<ReplicationRule> of(String key, Tags tags) {
        Map<String, ReplicationRule> byTarget = new LinkedHashMap<>();
        matching(key, tags)
                .sorted(Comparator.comparingInt(ReplicationRule::priority).reversed())
                .forEach(rule -> byTarget.putIfAbsent(rule.target().text(), rule));
        return byTarget.values();
    }

    private Stream<ReplicationRule> matching(String key, Tags tags) {
        return rules.stream().filter(rule -> rule.concerns(key, tags));
    }

    /** The rule of this id. */
    public Optional<ReplicationRule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Writes the document. */
    public void write(XmlWriter xml) {
        write(xml, UnaryOperator.identity());
    }

    /**
     * Writes the document with other names for storage classes.
     *
     * @param className what a class of COS is called
     */
    public void write(XmlWriter xml, UnaryOperator<String> className) {
        xml.open(ROOT).element("Role", role);
        rules.forEach(rule -> rule.write(xml, className));
        xml.close(ROOT);
    }
}
