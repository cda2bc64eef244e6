package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.PercentCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a key is at the origin.
 *
 * @param fixed the only file there is, whatever the key; without the first slash
 * @param prefix in front of the key; without the first slash
 * @param suffix behind the key
 */
public record OriginPath(Optional<String> fixed, String prefix, String suffix) {
    /** At its own name. */
    public static final OriginPath PLAIN = new OriginPath(Optional.empty(), "", "");

    private static final Pattern SEGMENT = Pattern.compile("[/\\\\]");

    /** The path of an address, percent-encoded, with its first slash. */
    public String of(String key) {
        return "/" + PercentCode.encodeKey(fixed.orElseGet(() -> prefix + key + suffix));
    }

    /** Whether a key leads out of where the prefix is, by segments that servers resolve. */
    public boolean escapes(String key) {
        return SEGMENT.splitAsStream(fixed.orElseGet(() -> prefix + key + suffix))
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    /**
     * Reads a {@code FileInfo}, as it is now or as it once was.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static OriginPath read(Element info) {
        Optional<String> fixed = text(info, "FixedFileConfiguration", "FixedFilePath");
        boolean hasPrefix = OriginRule.flag(info, "PrefixDirective").orElse(true);
        String prefix = text(info, "PrefixConfiguration", "Prefix")
                .or(() -> info.childText("Prefix").filter(_ -> hasPrefix))
                .map(OriginPath::withoutSlash)
                .orElse("");
        String suffix = text(info, "SuffixConfiguration", "Suffix")
                .or(() -> info.childText("Suffix"))
                .orElse("");
        if (fixed.isPresent() && !(prefix.isEmpty() && suffix.isEmpty())) {
            throw CosError.INVALID_ARGUMENT.because(
                    "FixedFileConfiguration goes with neither PrefixConfiguration nor SuffixConfiguration.");
        }
        return new OriginPath(fixed.map(OriginPath::withoutSlash), prefix, suffix);
    }

    private static Optional<String> text(Element info, String configuration, String name) {
        return info.child(configuration).flatMap(found -> found.childText(name)).filter(text -> !text.isEmpty());
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
