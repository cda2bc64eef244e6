package coffer.tiering;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Intelligent tiering of a bucket. Source: COS API reference, "List Bucket IntelligentTiering Configurations".
 *
 * @param rules at most 1000, in the order they were made; {@code default} is first if there is any
 */
public record TieringRules(List<TieringRule> rules) {
    /** Nothing set. */
    public static final TieringRules NONE = new TieringRules(List.of());

    private static final int MAX_RULES = 1000;
    private static final String ROOT = "ListBucketIntelligentTieringConfigurationsOutput";

    /**
     * Checks them.
     *
     * @throws CosException {@code InvalidBucketState} without the rule {@code default}, {@code InvalidArgument}
     */
    public TieringRules {
        rules = List.copyOf(rules);
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because(
                    "A bucket has at most " + MAX_RULES + " rules of intelligent tiering.");
        }
        if (!rules.isEmpty() && !rules.getFirst().isDefault()) {
            throw CosError.INVALID_BUCKET_STATE.because(
                    "Intelligent tiering is not enabled; make the rule " + TieringRule.DEFAULT_ID + " first.");
        }
    }

    /**
     * Reads the list as {@link #write} writes it.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    public static TieringRules read(Element root) {
        return new TieringRules(root.named(ROOT).all("IntelligentTieringConfiguration").stream()
                .map(rule -> TieringRule.read(rule.required("Id"), rule))
                .toList());
    }

    /** Writes the list of all rules. */
    public void write(XmlWriter xml) {
        if (rules.isEmpty()) {
            xml.empty(ROOT);
        } else {
            xml.open(ROOT);
            rules.forEach(rule -> rule.write(xml));
            xml.close(ROOT);
        }
    }

    /** Writes the rule {@code default} in the form of the older pages, without status if it was never made. */
    public void writeDefault(XmlWriter xml) {
        if (rules.isEmpty()) {
            xml.empty("IntelligentTieringConfiguration");
        } else {
            rules.getFirst().writeDefault(xml);
        }
    }

    public Optional<TieringRule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Whether objects are moved, which object lock does not go with. */
    public boolean isEnabled() {
        return rules.stream().anyMatch(rule -> rule.status() == TieringRule.Status.ENABLED);
    }

    /**
     * These with a rule made or replaced. Once enabled, {@code default} stays as it is; the same once more is no change.
     *
     * @throws CosException {@code InvalidBucketState} if it would change {@code default} or there is none yet,
     *     {@code InvalidArgument} if there would be too many
     */
    public TieringRules with(TieringRule rule) {
        Optional<TieringRule> before = find(rule.id());
        if (before.equals(Optional.of(rule))) {
            return this;
        }
        if (rule.isDefault()
                && before.filter(kept -> kept.status() == TieringRule.Status.ENABLED)
                        .isPresent()) {
            throw CosError.INVALID_BUCKET_STATE.because(
                    "Not support modify intelligent tiering configuration: The default rule cannot be modified.");
        }
        List<TieringRule> changed = new ArrayList<>(rules);
        if (before.isPresent()) {
            changed.set(rules.indexOf(before.get()), rule);
        } else {
            changed.add(rule);
        }
        return new TieringRules(changed);
    }

    /**
     * These without a rule; without change if there is none of this id.
     *
     * @throws CosException {@code InvalidBucketState} for {@code default}
     */
    public TieringRules without(String id) {
        if (id.equals(TieringRule.DEFAULT_ID)) {
            throw CosError.INVALID_BUCKET_STATE.because("The default rule cannot be modified");
        }
        return new TieringRules(
                rules.stream().filter(rule -> !rule.id().equals(id)).toList());
    }
}
