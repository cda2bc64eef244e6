package coffer.tiering;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.Optional;

/**
 * A move of a rule.
 *
 * @param days without access until it happens: 30, 60 or 90 to the infrequent tier, else 90 to 36500
 * @param requestFrequent accesses that bring an object back, always 1; the infrequent tier has it
 */
public record Tiering(AccessTier tier, int days, Optional<Integer> requestFrequent) {
    private static final int MIN_ARCHIVE_DAYS = 90;
    private static final int MAX_DAYS = 36_500;

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public Tiering {
        if (tier == AccessTier.INFREQUENT) {
            requestFrequent = Optional.of(requestFrequent.orElse(1));
            if (days != 30 && days != 60 && days != 90) {
                throw CosError.INVALID_ARGUMENT.because("Days must be 30, 60 or 90, not " + days + ".");
            }
        } else if (days < MIN_ARCHIVE_DAYS || days > MAX_DAYS) {
            throw CosError.INVALID_ARGUMENT.because(
                    "Days must be from " + MIN_ARCHIVE_DAYS + " to " + MAX_DAYS + ", not " + days + ".");
        }
        if (requestFrequent.isPresent() && requestFrequent.get() != 1) {
            throw CosError.INVALID_ARGUMENT.because("RequestFrequent must be 1.");
        }
    }

    static Tiering read(Element tiering) {
        return new Tiering(
                Words.constant("AccessTier", tiering.required("AccessTier"), AccessTier.class),
                number(tiering, "Days")
                        .orElseThrow(() ->
                                CosError.MALFORMED_XML.because("The element Tiering must have a child element Days.")),
                number(tiering, "RequestFrequent"));
    }

    void write(XmlWriter xml) {
        xml.open("Tiering").element("AccessTier", tier.name()).element("Days", days);
        requestFrequent.ifPresent(number -> xml.element("RequestFrequent", number));
        xml.close("Tiering");
    }

    /** The move that the older document calls its transition. */
    static Tiering readTransition(Optional<Element> transition) {
        return new Tiering(
                AccessTier.INFREQUENT,
                transition.flatMap(element -> number(element, "Days")).orElse(30),
                transition.flatMap(element -> number(element, "RequestFrequent")));
    }

    void writeTransition(XmlWriter xml) {
        xml.open("Transition").element("Days", days);
        requestFrequent.ifPresent(number -> xml.element("RequestFrequent", number));
        xml.close("Transition");
    }

    private static Optional<Integer> number(Element element, String name) {
        return element.childText(name).filter(text -> !text.isEmpty()).map(text ->
                (int) Numbers.within(name, text, 1, MAX_DAYS));
    }
}
