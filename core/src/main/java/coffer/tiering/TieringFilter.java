package coffer.tiering;

import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.Optional;

/**
 * The objects a rule is for.
 *
 * @param prefix of their keys
 * @param tags they have, all of them
 */
public record TieringFilter(Optional<String> prefix, Tags tags) {
    /** Reads the filter; alone or within {@code And}, a prefix and tags mean the same. */
    static TieringFilter read(Element filter) {
        Element conditions = filter.child("And").orElse(filter);
        return new TieringFilter(
                conditions.child("Prefix").map(Element::content),
                Tags.ofElements(TagLimits.OBJECT, conditions.all("Tag")));
    }

    /** Always with {@code And}: the Java SDK fails on a filter without. */
    void write(XmlWriter xml) {
        xml.open("Filter").open("And");
        prefix.ifPresent(text -> xml.element("Prefix", text));
        tags.writeElements(xml);
        xml.close("And").close("Filter");
    }

    boolean isEmpty() {
        return prefix.filter(text -> !text.isEmpty()).isEmpty() && tags.isEmpty();
    }
}
