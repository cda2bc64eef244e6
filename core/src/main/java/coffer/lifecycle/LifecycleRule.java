package coffer.lifecycle;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One rule. Source: COS API reference, "PUT Bucket lifecycle"; of noncurrent versions that are kept however old they are, the
 * S3 API reference.
 *
 * @param id unique in its bucket, at most 255 characters
 * @param enabled whether it counts
 * @param transitions when the current version gets colder, at most one for each class
 * @param expiration when the current version goes
 * @param removesExpiredMarkers whether delete markers go that have no version behind them
 * @param noncurrentTransitions days after a version ceased to be the current one
 * @param abortDays days after an upload began
 */
record LifecycleRule(
        String id,
        LifecycleFilter filter,
        boolean enabled,
        List<Transition> transitions,
        Optional<When> expiration,
        Optional<Boolean> removesExpiredMarkers,
        List<Transition> noncurrentTransitions,
        Optional<NoncurrentExpiration> noncurrentExpiration,
        OptionalInt abortDays) {
    private static final int MAX_ID_LENGTH = 255;

    /** Source: COS API reference; ten years. */
    private static final int MAX_DAYS = 3650;

    private static final String NONCURRENT_DAYS = "NoncurrentDays";
    private static final String NEWER = "NewerNoncurrentVersions";
    private static final int MAX_NEWER = 100;

    LifecycleRule {
        transitions = List.copyOf(transitions);
        noncurrentTransitions = List.copyOf(noncurrentTransitions);
    }

    /** To a class, at a time. */
    record Transition(When when, ColderClass storageClass) {}

    /**
     * When a version goes that is not the current one.
     *
     * @param days since it is not, from 1
     * @param newer so many of the newest that are not current stay, however old they are
     */
    record NoncurrentExpiration(int days, int newer) {}

    /**
     * Reads a {@code Rule}.
     *
     * @param fallbackId its id if it has none
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    static LifecycleRule read(Element rule, String fallbackId) {
        Optional<Element> expiration = rule.child("Expiration");
        LifecycleRule read = new LifecycleRule(
                id(rule).orElse(fallbackId),
                LifecycleFilter.read(rule),
                Words.either("Status", rule.required("Status"), "Enabled", "Disabled"),
                rule.all("Transition").stream().map(LifecycleRule::transition).toList(),
                expiration.flatMap(element -> When.read(element, 1, MAX_DAYS)),
                expiration
                        .flatMap(element -> element.childText("ExpiredObjectDeleteMarker"))
                        .map(text -> Words.either("ExpiredObjectDeleteMarker", text, "true", "false")),
                rule.all("NoncurrentVersionTransition").stream()
                        .map(LifecycleRule::noncurrentTransition)
                        .toList(),
                rule.child("NoncurrentVersionExpiration").map(LifecycleRule::noncurrentExpiration),
                rule.child("AbortIncompleteMultipartUpload")
                        .map(element -> element.required("DaysAfterInitiation"))
                        .map(text -> OptionalInt.of(days("DaysAfterInitiation", text, 1)))
                        .orElse(OptionalInt.empty()));
        read.check(expiration.isPresent());
        return read;
    }

    private static Optional<String> id(Element rule) {
        Optional<String> id = rule.child("ID").map(Element::content).filter(text -> !text.isEmpty());
        if (id.filter(text -> text.codePointCount(0, text.length()) > MAX_ID_LENGTH)
                .isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("The ID of a rule has at most " + MAX_ID_LENGTH + " characters.");
        }
        return id;
    }

    private static int days(String name, String text, int least) {
        return (int) Numbers.within(name, text, least, MAX_DAYS);
    }

    private static Transition transition(Element element) {
        refuseFrequency(element);
        When when = When.read(element, 0, MAX_DAYS)
                .orElseThrow(() -> CosError.MALFORMED_XML.because("A Transition needs Days or Date."));
        return new Transition(when, ColderClass.parse(element.required("StorageClass")));
    }

    private static Transition noncurrentTransition(Element element) {
        refuseFrequency(element);
        int days = days(NONCURRENT_DAYS, element.required(NONCURRENT_DAYS), 0);
        return new Transition(new When.Days(days), ColderClass.parse(element.required("StorageClass")));
    }

    private static void refuseFrequency(Element element) {
        if (element.child("AccessFrequency").isPresent()) {
            throw CosError.NOT_IMPLEMENTED.because("Transitions by AccessFrequency are not available; use Days.");
        }
    }

    private static NoncurrentExpiration noncurrentExpiration(Element element) {
        int newer = element.childText(NEWER)
                .map(text -> (int) Numbers.within(NEWER, text, 1, MAX_NEWER))
                .orElse(0);
        return new NoncurrentExpiration(days(NONCURRENT_DAYS, element.required(NONCURRENT_DAYS), 1), newer);
    }

    private void check(boolean hasExpiration) {
        if (hasExpiration && expiration.isPresent() == removesExpiredMarkers.isPresent()) {
            throw CosError.MALFORMED_XML.because(
                    "An Expiration has exactly one of Days, Date and ExpiredObjectDeleteMarker.");
        }
        if (!hasExpiration
                && transitions.isEmpty()
                && noncurrentTransitions.isEmpty()
                && noncurrentExpiration.isEmpty()
                && abortDays.isEmpty()) {
            throw CosError.MALFORMED_XML.because("The rule " + id + " has no action.");
        }
        if (abortDays.isPresent() && (filter.hasTags() || filter.hasSizes())) {
            throw CosError.INVALID_ARGUMENT.because(
                    "AbortIncompleteMultipartUpload does not go with tags or sizes: uploads have none.");
        }
        if (removesExpiredMarkers.isPresent() && (filter.hasTags() || filter.hasSizes())) {
            throw CosError.INVALID_ARGUMENT.because(
                    "ExpiredObjectDeleteMarker does not go with tags or sizes: delete markers have none.");
        }
        requireOneKindOfTime();
        requireEachClassOnce(transitions);
        requireEachClassOnce(noncurrentTransitions);
    }

    private void requireOneKindOfTime() {
        List<When> times =
                new ArrayList<>(transitions.stream().map(Transition::when).toList());
        expiration.ifPresent(times::add);
        if (times.stream().anyMatch(When.Days.class::isInstance)
                && times.stream().anyMatch(When.Date.class::isInstance)) {
            throw CosError.INVALID_ARGUMENT.because("A rule has either Days or Date, not both.");
        }
    }

    private static void requireEachClassOnce(List<Transition> transitions) {
        Set<ColderClass> seen = new HashSet<>();
        for (Transition transition : transitions) {
            if (!seen.add(transition.storageClass)) {
                throw CosError.INVALID_ARGUMENT.because(
                        "A rule moves objects to " + transition.storageClass + " at one time only.");
            }
        }
    }

    boolean movesOutOfZones() {
        return transitions.stream().anyMatch(move -> !move.storageClass.isMultiAz())
                || noncurrentTransitions.stream().anyMatch(move -> !move.storageClass.isMultiAz());
    }

    /** @param className what a storage class is called */
    void write(XmlWriter xml, UnaryOperator<String> className) {
        xml.open("Rule").element("ID", id);
        filter.write(xml);
        xml.element("Status", enabled ? "Enabled" : "Disabled");
        for (Transition move : transitions) {
            xml.open("Transition");
            move.when.write(xml);
            xml.element("StorageClass", className.apply(move.storageClass.name()))
                    .close("Transition");
        }
        if (expiration.isPresent() || removesExpiredMarkers.isPresent()) {
            xml.open("Expiration");
            expiration.ifPresent(when -> when.write(xml));
            removesExpiredMarkers.ifPresent(removes -> xml.element("ExpiredObjectDeleteMarker", removes));
            xml.close("Expiration");
        }
        for (Transition move : noncurrentTransitions) {
            When.Days after = (When.Days) move.when;
            xml.open("NoncurrentVersionTransition")
                    .element(NONCURRENT_DAYS, after.number())
                    .element("StorageClass", className.apply(move.storageClass.name()))
                    .close("NoncurrentVersionTransition");
        }
        noncurrentExpiration.ifPresent(last -> {
            xml.open("NoncurrentVersionExpiration").element(NONCURRENT_DAYS, last.days);
            if (last.newer > 0) {
                xml.element(NEWER, last.newer);
            }
            xml.close("NoncurrentVersionExpiration");
        });
        abortDays.ifPresent(days -> xml.open("AbortIncompleteMultipartUpload")
                .element("DaysAfterInitiation", days)
                .close("AbortIncompleteMultipartUpload"));
        xml.close("Rule");
    }
}
