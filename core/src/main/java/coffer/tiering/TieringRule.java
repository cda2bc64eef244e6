package coffer.tiering;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule of intelligent tiering. The rule {@code default} is what the older pages of the reference call the configuration
 * of the bucket; there it has a document of its own form. Source: COS API reference, "PUT Bucket IntelligentTiering"
 * for the older form, "Put Bucket IntelligentTiering Configuration" for the newer one.
 *
 * @param id 1 to 255 visible characters
 * @param status as it was given
 * @param tierings of {@code default} one to the infrequent tier; of others at least one, none to that tier
 * @param filter none for {@code default}
 */
public record TieringRule(String id, Status status, List<Tiering> tierings, Optional<TieringFilter> filter) {
    /** The id of the rule that must be first and never changes. */
    public static final String DEFAULT_ID = "default";

    private static final String ROOT = "IntelligentTieringConfiguration";
    private static final Pattern ID = Pattern.compile("[!-~]{1,255}");

    /** Whether objects are moved. */
    public enum Status {
        ENABLED("Enabled"),
        DISABLED("Disabled"),
        /** The older pages' word for disabled. */
        SUSPENDED("Suspended");

        private final String word;

        Status(String word) {
            this.word = word;
        }
    }

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a tiering, {@code InvalidArgument}
     */
    public TieringRule {
        tierings = List.copyOf(tierings);
        if (!ID.matcher(id).matches()) {
            throw CosError.INVALID_ARGUMENT.because("Id must be 1 to 255 visible ASCII characters.");
        }
        if (tierings.isEmpty()) {
            throw CosError.MALFORMED_XML.because("The element " + ROOT + " must have a child element Tiering.");
        }
        if (tierings.stream().map(Tiering::tier).distinct().count() < tierings.size()) {
            throw CosError.INVALID_ARGUMENT.because("The rule '" + id + "' names an AccessTier twice.");
        }
        boolean isDefault = id.equals(DEFAULT_ID);
        if (tierings.stream().anyMatch(tiering -> (tiering.tier() == AccessTier.INFREQUENT) != isDefault)) {
            throw CosError.INVALID_ARGUMENT.because("AccessTier must be INFREQUENT in the rule " + DEFAULT_ID
                    + " and ARCHIVE_ACCESS or DEEP_ARCHIVE_ACCESS in all others.");
        }
        if (isDefault && filter.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("The rule " + DEFAULT_ID + " cannot have a Filter.");
        }
    }

    /**
     * Reads an {@code IntelligentTieringConfiguration} document of the newer form.
     *
     * @param id the id the request names; the document names the same or none
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}
     */
    public static TieringRule read(String id, Element root) {
        if (root.childText("Id").filter(named -> !named.equals(id)).isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("Id must be the parameter id of the request, '" + id + "'.");
        }
        return new TieringRule(
                id,
                status(root.named(ROOT)),
                root.all("Tiering").stream().map(Tiering::read).toList(),
                root.child("Filter").map(TieringFilter::read).filter(filter -> !filter.isEmpty()));
    }

    /**
     * Reads an {@code IntelligentTieringConfiguration} document of the older form.
     *
     * @return the rule {@code default}
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static TieringRule readDefault(Element root) {
        return new TieringRule(
                DEFAULT_ID,
                status(root.named(ROOT)),
                List.of(Tiering.readTransition(root.child("Transition"))),
                Optional.empty());
    }

    /** Writes the document of the newer form. */
    public void write(XmlWriter xml) {
        xml.open(ROOT).element("Id", id).element("Status", status.word);
        tierings.forEach(tiering -> tiering.write(xml));
        filter.ifPresent(conditions -> conditions.write(xml));
        xml.close(ROOT);
    }

    /** Writes the document of the older form, which knows no id and no filter. */
    void writeDefault(XmlWriter xml) {
        xml.open(ROOT).element("Status", status.word);
        tierings.getFirst().writeTransition(xml);
        xml.close(ROOT);
    }

    boolean isDefault() {
        return id.equals(DEFAULT_ID);
    }

    private static Status status(Element root) {
        return Words.constant("Status", root.required("Status"), Status.class);
    }
}
