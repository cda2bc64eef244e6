package coffer.lifecycle;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which objects a rule is for: all for which everything holds that it says.
 *
 * @param prefix keys begin with it
 * @param prefixNot keys do not begin with it
 * @param tags objects have all of them
 * @param largerThan objects have more bytes
 * @param smallerThan objects have fewer bytes
 * @param isOldForm whether it was written as a {@code Prefix} of the rule, as the first version of the S3 API had it
 */
record LifecycleFilter(
        Optional<String> prefix,
        Optional<String> prefixNot,
        Tags tags,
        OptionalLong largerThan,
        OptionalLong smallerThan,
        boolean isOldForm) {
    private static final String PREFIX = "Prefix";
    private static final String PREFIX_NOT = "PrefixNotEquals";
    private static final String LARGER = "ObjectSizeGreaterThan";
    private static final String SMALLER = "ObjectSizeLessThan";
    private static final List<String> KNOWN = List.of(PREFIX, PREFIX_NOT, "Tag", LARGER, SMALLER);

    /**
     * Reads the filter of a rule.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    static LifecycleFilter read(Element rule) {
        Optional<Element> filter = rule.child("Filter");
        if (filter.isEmpty()) {
            Element prefix = rule.child(PREFIX)
                    .orElseThrow(
                            () -> CosError.MALFORMED_XML.because("The element Rule must have a child element Filter."));
            return new LifecycleFilter(
                    Optional.of(prefix.content()),
                    Optional.empty(),
                    Tags.none(TagLimits.OBJECT),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    true);
        }
        Optional<Element> and = filter.get().child("And");
        if (and.isEmpty() && filter.get().children().size() > 1) {
            throw CosError.MALFORMED_XML.because("Several conditions of a Filter stand in an element And.");
        }
        return conditions(and.orElseGet(filter::get));
    }

    private static LifecycleFilter conditions(Element parent) {
        parent.children().stream()
                .filter(child -> !KNOWN.contains(child.name()))
                .findFirst()
                .ifPresent(child -> {
                    throw CosError.MALFORMED_XML.because("A Filter has no element " + child.name() + ".");
                });
        LifecycleFilter filter = new LifecycleFilter(
                parent.child(PREFIX).map(Element::content),
                parent.child(PREFIX_NOT).map(Element::content),
                tags(parent.all("Tag")),
                bytes(parent, LARGER),
                bytes(parent, SMALLER),
                false);
        if (filter.largerThan.isPresent()
                && filter.smallerThan.isPresent()
                && filter.largerThan.getAsLong() >= filter.smallerThan.getAsLong()) {
            throw CosError.INVALID_ARGUMENT.because(LARGER + " must be less than " + SMALLER + ".");
        }
        return filter;
    }

    private static Tags tags(List<Element> elements) {
        if (elements.size() > TagLimits.OBJECT.most()) {
            throw CosError.INVALID_ARGUMENT.because("A rule has at most " + TagLimits.OBJECT.most() + " tags.");
        }
        return Tags.ofElements(TagLimits.OBJECT, elements);
    }

    private static OptionalLong bytes(Element parent, String name) {
        return parent.childText(name)
                .map(text -> OptionalLong.of(Numbers.within(name, text, 0, Long.MAX_VALUE)))
                .orElse(OptionalLong.empty());
    }

    boolean hasTags() {
        return !tags.isEmpty();
    }

    boolean hasSizes() {
        return largerThan.isPresent() || smallerThan.isPresent();
    }

    boolean matchesKey(String key) {
        return key.startsWith(prefix.orElse(""))
                && prefixNot.filter(key::startsWith).isEmpty();
    }

    boolean matches(String key, long sizeBytes, Tags objectTags) {
        return matchesKey(key)
                && (largerThan.isEmpty() || sizeBytes > largerThan.getAsLong())
                && (smallerThan.isEmpty() || sizeBytes < smallerThan.getAsLong())
                && objectTags.all().entrySet().containsAll(tags.all().entrySet());
    }

    void write(XmlWriter xml) {
        if (isOldForm) {
            xml.element(PREFIX, prefix.orElse(""));
            return;
        }
        List<Runnable> conditions = new ArrayList<>();
        prefix.ifPresent(text -> conditions.add(() -> xml.element(PREFIX, text)));
        prefixNot.ifPresent(text -> conditions.add(() -> xml.element(PREFIX_NOT, text)));
        tags.all()
                .forEach((key, value) -> conditions.add(() -> xml.open("Tag")
                        .element("Key", key)
                        .element("Value", value)
                        .close("Tag")));
        largerThan.ifPresent(bytes -> conditions.add(() -> xml.element(LARGER, Long.toString(bytes))));
        smallerThan.ifPresent(bytes -> conditions.add(() -> xml.element(SMALLER, Long.toString(bytes))));
        if (conditions.isEmpty()) {
            xml.empty("Filter");
            return;
        }
        xml.open("Filter");
        if (conditions.size() > 1) {
            xml.open("And");
        }
        conditions.forEach(Runnable::run);
        if (conditions.size() > 1) {
            xml.close("And");
        }
        xml.close("Filter");
    }
}
