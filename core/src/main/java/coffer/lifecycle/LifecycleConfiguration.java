package coffer.lifecycle;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What becomes of the objects of a bucket as they get old. Source: COS API reference, "PUT Bucket lifecycle"; COS docs,
 * "Lifecycle Overview". Of several rules for one object, expiration goes before transition, the earliest expiration before later
 * ones, and of transitions that are due the coldest class counts.
 *
 * @param rules 1 to 1000, with different ids
 */
public record LifecycleConfiguration(List<LifecycleRule> rules) {
    private static final String ROOT = "LifecycleConfiguration";
    private static final int MAX_RULES = 1000;

    /** Smaller objects cost more to move than they spare. Source: COS docs, "Lifecycle Overview". */
    private static final long LEAST_MOVED_BYTES = 64 * 1024;

    /**
     * Checks the rules together.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public LifecycleConfiguration {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw CosError.MALFORMED_XML.because(ROOT + " must have a child element Rule.");
        }
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A bucket has at most " + MAX_RULES + " rules.");
        }
        Set<String> ids = new HashSet<>();
        for (LifecycleRule rule : rules) {
            if (!ids.add(rule.id())) {
                throw CosError.INVALID_ARGUMENT.because("The ID " + rule.id() + " is there twice.");
            }
        }
    }

    /**
     * Reads a {@code LifecycleConfiguration} document. Rules without an id get one of their content.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    public static LifecycleConfiguration read(Element root) {
        List<LifecycleRule> rules = new ArrayList<>();
        for (Element rule : root.named(ROOT).all("Rule")) {
            rules.add(LifecycleRule.read(rule, "rule-" + (rules.size() + 1)));
        }
        return new LifecycleConfiguration(rules);
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
        xml.open(ROOT);
        rules.forEach(rule -> rule.write(xml, className));
        xml.close(ROOT);
    }

    /**
     * Refuses what does not fit a bucket.
     *
     * @throws CosException {@code OAZOperationNotSupportOnMAZBucket}, {@code InvalidArgument}
     */
    public void requireFits(boolean isMultiAz) {
        if (isMultiAz && rules.stream().anyMatch(LifecycleRule::movesOutOfZones)) {
            throw CosError.OAZ_OPERATION_NOT_SUPPORT_ON_MAZ_BUCKET.exception();
        }
        boolean movesIn = rules.stream()
                .flatMap(rule -> Stream.concat(rule.transitions().stream(), rule.noncurrentTransitions().stream()))
                .anyMatch(move -> move.storageClass().isMultiAz());
        if (!isMultiAz && movesIn) {
            throw CosError.INVALID_ARGUMENT.because("MAZ storage classes are for buckets of several zones.");
        }
    }

    /** The shortest prefixes that lead to all keys which any rule is about, in no order; none contains another. */
    public List<String> prefixes() {
        List<String> shortest = new ArrayList<>();
        active().map(rule -> rule.filter().prefix().orElse(""))
                .sorted(Comparator.comparingInt(String::length))
                .filter(prefix -> shortest.stream().noneMatch(prefix::startsWith))
                .forEach(shortest::add);
        return shortest;
    }

    /** Whether there is anything to look for among current versions. */
    public boolean concernsCurrent() {
        return active().anyMatch(rule ->
                rule.expiration().isPresent() || !rule.transitions().isEmpty());
    }

    /** Whether there is anything to look for among delete markers. */
    public boolean concernsMarkers() {
        return active().anyMatch(rule -> rule.removesExpiredMarkers().orElse(false)
                || rule.noncurrentExpiration().isPresent());
    }

    /** Whether there is anything to look for among versions that are not current. */
    public boolean concernsNoncurrent() {
        return active().anyMatch(rule -> rule.noncurrentExpiration().isPresent()
                || !rule.noncurrentTransitions().isEmpty());
    }

    /** Whether there is anything to look for among uploads. */
    public boolean concernsUploads() {
        return active().anyMatch(rule -> rule.abortDays().isPresent());
    }

    private Stream<LifecycleRule> active() {
        return rules.stream().filter(LifecycleRule::enabled);
    }

    private Stream<LifecycleRule> of(LifecycleSubject subject) {
        return active().filter(rule -> rule.filter().matches(subject.key(), subject.sizeBytes(), subject.tags()));
    }

    /** When a current version goes, and by which rule; empty if it stays. */
    public Optional<Expiry> expiry(LifecycleSubject subject, LifecycleDays days) {
        return of(subject)
                .flatMap(rule ->
                        rule.expiration().stream().map(when -> new Expiry(when.due(days, subject.since()), rule.id())))
                .min(Comparator.comparing(Expiry::time));
    }

    /**
     * When something goes.
     *
     * @param ruleId by which rule
     */
    public record Expiry(Instant time, String ruleId) {}

    /**
     * What is to be done with a current version.
     *
     * @param subject since it was written
     */
    public LifecycleAction ofCurrent(LifecycleSubject subject, LifecycleDays days, Instant now) {
        Optional<Expiry> expiry =
                expiry(subject, days).filter(end -> !end.time().isAfter(now));
        return expiry.isPresent()
                ? new LifecycleAction.Expire()
                : move(of(subject).flatMap(rule -> rule.transitions().stream()), subject, days, now);
    }

    /**
     * What is to be done with a version that is not current.
     *
     * @param subject since it ceased to be the current one
     * @param newer how many versions of its key are newer and not current either
     */
    public LifecycleAction ofNoncurrent(LifecycleSubject subject, int newer, LifecycleDays days, Instant now) {
        boolean expires = of(subject)
                .flatMap(rule -> rule.noncurrentExpiration().stream())
                .anyMatch(end -> newer >= end.newer()
                        && !days.due(subject.since(), end.days()).isAfter(now));
        return expires
                ? new LifecycleAction.Expire()
                : move(of(subject).flatMap(rule -> rule.noncurrentTransitions().stream()), subject, days, now);
    }

    private static LifecycleAction move(
            Stream<LifecycleRule.Transition> moves, LifecycleSubject subject, LifecycleDays days, Instant now) {
        if (subject.sizeBytes() < LEAST_MOVED_BYTES) {
            return new LifecycleAction.Keep();
        }
        return moves.filter(move -> !move.when().due(days, subject.since()).isAfter(now))
                .map(LifecycleRule.Transition::storageClass)
                .max(Comparator.comparingInt(ColderClass::coldness))
                .filter(colder -> colder.coldness() > ColderClass.coldness(subject.storageClass()))
                .<LifecycleAction>map(colder -> new LifecycleAction.Move(colder.name()))
                .orElseGet(LifecycleAction.Keep::new);
    }

    /**
     * Whether delete markers go that have no version behind them.
     *
     * @param markers how many the key has
     */
    public boolean removesMarkers(String key, int markers) {
        Predicate<LifecycleRule> removes = rule -> rule.removesExpiredMarkers().orElse(false)
                || (markers == 1 && rule.noncurrentExpiration().isPresent());
        return active().filter(rule -> rule.filter().matchesKey(key)).anyMatch(removes);
    }

    /** Whether an upload is to be aborted. */
    public boolean abortsUpload(String key, Instant initiated, LifecycleDays days, Instant now) {
        return active().filter(rule ->
                        rule.filter().matchesKey(key) && rule.abortDays().isPresent())
                .anyMatch(rule ->
                        !days.due(initiated, rule.abortDays().getAsInt()).isAfter(now));
    }
}
