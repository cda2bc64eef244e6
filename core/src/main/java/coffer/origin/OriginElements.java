package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The elements that a document may have. Others could only be stored and ignored, so they are refused. */
final class OriginElements {
    private static final Pattern NUMBER = Pattern.compile("_[1-9][0-9]*$");
    private static final List<String> NAMED = List.of("Header");

    private static final Map<String, List<String>> CHILDREN = Map.ofEntries(
            Map.entry("OriginConfiguration", List.of("OriginRule")),
            Map.entry(
                    "OriginRule",
                    List.of(
                            "RulePriority",
                            "OriginType",
                            "OriginCondition",
                            "OriginParameter",
                            "OriginInfo",
                            "HTTPStandbyCode")),
            Map.entry("OriginCondition", List.of("HTTPStatusCode", "Prefix", "Suffix")),
            Map.entry(
                    "OriginParameter",
                    List.of(
                            "Protocol",
                            "TransparentErrorCode",
                            "FollowQueryString",
                            "HttpHeader",
                            "FollowRedirection",
                            "FollowRedirectionConfiguration",
                            "HttpRedirectCode",
                            "CopyOriginData")),
            Map.entry("FollowRedirectionConfiguration", List.of("FollowOriginHeaders", "FollowUrlAutoDecode")),
            Map.entry(
                    "HttpHeader",
                    List.of(
                            "FollowAllHeaders",
                            "NewHttpHeaders",
                            "FollowHttpHeaders",
                            "ForbidFollowHeaders",
                            "ForbidFollowHttpHeaders")),
            Map.entry("NewHttpHeaders", NAMED),
            Map.entry("FollowHttpHeaders", NAMED),
            Map.entry("ForbidFollowHeaders", NAMED),
            Map.entry("ForbidFollowHttpHeaders", NAMED),
            Map.entry("Header", List.of("Key", "Value")),
            Map.entry("HTTPStandbyCode", List.of("StatusCode")),
            Map.entry("OriginInfo", List.of("HostInfo", "FileInfo")),
            Map.entry("HostInfo", List.of("HostName", "Weight", "StandbyHostName_N")),
            Map.entry(
                    "FileInfo",
                    List.of(
                            "PrefixDirective",
                            "Prefix",
                            "Suffix",
                            "PrefixConfiguration",
                            "SuffixConfiguration",
                            "FixedFileConfiguration")),
            Map.entry("PrefixConfiguration", List.of("Prefix")),
            Map.entry("SuffixConfiguration", List.of("Suffix")),
            Map.entry("FixedFileConfiguration", List.of("FixedFilePath")));

    private OriginElements() {}

    /**
     * Lets a document pass that has no others.
     *
     * @throws CosException {@code NotImplemented}
     */
    static void require(Element element) {
        List<String> known = CHILDREN.getOrDefault(element.name(), List.of());
        for (Element child : element.children()) {
            if (!known.contains(NUMBER.matcher(child.name()).replaceFirst("_N"))) {
                throw CosError.NOT_IMPLEMENTED.because("The element " + child.name() + " in " + element.name()
                        + " of an origin is not available on this server yet.");
            }
            require(child);
        }
    }

    /** Writes a document as it was sent. */
    static void write(Element element, XmlWriter xml) {
        if (element.children().isEmpty()) {
            xml.element(element.name(), element.content());
            return;
        }
        xml.open(element.name());
        element.children().forEach(child -> write(child, xml));
        xml.close(element.name());
    }
}
