package coffer.inventory;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which objects a report is about: all for which everything holds that it says. Source: COS API reference, "PUT Bucket
 * inventory".
 *
 * @param isAnd whether its conditions stand in an element {@code And}: some clients find them only where they put them
 * @param prefix keys begin with it
 * @param tags objects have all of them
 * @param storageClasses objects have one of them, if there are any; as they were written
 * @param from objects were modified then or later, in seconds since 1970
 * @param to objects were modified then or earlier, in seconds since 1970
 */
public record InventoryFilter(
        boolean isAnd,
        Optional<String> prefix,
        Tags tags,
        List<String> storageClasses,
        OptionalLong from,
        OptionalLong to) {
    /** All objects. */
    static final InventoryFilter ALL = new InventoryFilter(
            false,
            Optional.empty(),
            Tags.none(TagLimits.OBJECT),
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty());

    private static final String PREFIX = "Prefix";
    private static final String CLASS = "StorageClass";
    private static final String START = "StartTime";
    private static final String END = "EndTime";
    private static final int MAX_CLASSES = 16;

    /** The year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    public InventoryFilter {
        storageClasses = List.copyOf(storageClasses);
    }

    /**
     * Reads a {@code Filter} element.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    static InventoryFilter read(Element filter) {
        Optional<Element> and = filter.child("And");
        Element conditions = and.orElse(filter);
        for (Element condition : conditions.children()) {
            if (!List.of(PREFIX, "Tag", CLASS, "Period").contains(condition.name())) {
                throw CosError.MALFORMED_XML.because("A Filter has no element " + condition.name() + ".");
            }
        }
        List<Element> tags = conditions.all("Tag");
        if (tags.size() > TagLimits.OBJECT.most()) {
            throw CosError.INVALID_ARGUMENT.because("A Filter has at most " + TagLimits.OBJECT.most() + " tags.");
        }
        List<String> classes = conditions.all(CLASS).stream()
                .map(Element::text)
                .filter(text -> !text.isEmpty())
                .toList();
        if (classes.size() > MAX_CLASSES || classes.stream().anyMatch(text -> !text.matches("[A-Za-z_]{1,40}"))) {
            throw CosError.INVALID_ARGUMENT.because(CLASS + " must be a storage class; " + MAX_CLASSES + " at most.");
        }
        Optional<Element> period = filter.child("Period").or(() -> conditions.child("Period"));
        InventoryFilter read = new InventoryFilter(
                and.isPresent(),
                conditions.child(PREFIX).map(Element::content),
                Tags.ofElements(TagLimits.OBJECT, tags),
                classes,
                seconds(period, START),
                seconds(period, END));
        if (read.from.isPresent() && read.to.isPresent() && read.from.getAsLong() > read.to.getAsLong()) {
            throw CosError.INVALID_ARGUMENT.because(START + " must not be after " + END + ".");
        }
        return read;
    }

    private static OptionalLong seconds(Optional<Element> period, String name) {
        return period.flatMap(element -> element.childText(name))
                .filter(text -> !text.isEmpty())
                .map(text -> OptionalLong.of(Numbers.within(name, text, 0, LAST_SECOND)))
                .orElse(OptionalLong.empty());
    }

    /**
     * Whether an object is in the report.
     *
     * @param tags of the object
     * @param storageClass as it is spelt in upper case; empty for a delete marker
     */
    public boolean matches(String key, Map<String, String> tags, String storageClass, Instant modified) {
        return key.startsWith(prefix.orElse(""))
                && tags.entrySet().containsAll(this.tags.all().entrySet())
                && (storageClasses.isEmpty() || storageClasses.stream().anyMatch(storageClass::equalsIgnoreCase))
                && (from.isEmpty() || modified.getEpochSecond() >= from.getAsLong())
                && (to.isEmpty() || modified.getEpochSecond() <= to.getAsLong());
    }

    void write(XmlWriter xml) {
        if (equals(ALL)) {
            return;
        }
        xml.open("Filter");
        if (isAnd) {
            xml.open("And");
        }
        prefix.ifPresent(text -> xml.element(PREFIX, text));
        tags.writeElements(xml);
        storageClasses.forEach(text -> xml.element(CLASS, text));
        if (isAnd) {
            xml.close("And");
        }
        if (from.isPresent() || to.isPresent()) {
            xml.open("Period");
            from.ifPresent(seconds -> xml.element(START, seconds));
            to.ifPresent(seconds -> xml.element(END, seconds));
            xml.close("Period");
        }
        xml.close("Filter");
    }
}
