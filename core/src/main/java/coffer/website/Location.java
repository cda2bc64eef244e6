package coffer.website;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import java.util.regex.Pattern;

/**
 * Values of the header {@code Location}. Nothing that a browser or an object's writer says gets into one but as visible
 * ASCII, so that no header can be ended and no other begun.
 */
public final class Location {
    /** The longest text of a rule or of an object. Source: S3 docs, "Configuring a webpage redirect": 2 KB. */
    static final int MAX_LENGTH = 2048;

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private Location() {}

    /**
     * Checks where an object leads, its {@code x-cos-website-redirect-location}.
     *
     * @throws CosException {@code WebsiteURLInvalid}
     */
    public static void check(String location) {
        boolean isTarget =
                location.startsWith("/") || location.startsWith("http://") || location.startsWith("https://");
        if (!isTarget || location.length() > MAX_LENGTH || location.chars().anyMatch(Character::isISOControl)) {
            throw CosError.WEBSITE_URL_INVALID.exception();
        }
    }

    /**
     * Checks the name of a host.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static void checkHost(String host) {
        if (!HOST.matcher(host).matches()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "HostName must be a host like www.example.com, perhaps with a port, not '" + host + "'.");
        }
    }

    /**
     * A URL.
     *
     * @param path without its leading slash, as it travels
     * @throws CosException {@code InvalidURI} if the host, which a browser may have made up, is none
     */
    static String absolute(Scheme scheme, String host, String path) {
        if (!HOST.matcher(host).matches()) {
            throw CosError.INVALID_URI.because("The header Host does not name a host.");
        }
        return scheme.text() + "://" + host + "/" + path;
    }

    /**
     * The path of a key on the same host. Its first character is not a second slash: {@code //evil.example} would be a
     * host.
     */
    static String path(String key) {
        String encoded = PercentCode.encodeKey(key);
        return encoded.startsWith("/") ? "/%2F" + encoded.substring(1) : "/" + encoded;
    }

    /**
     * A text that may be more than a key, for instance {@code #!/}, and stays as it is but for what cannot be in a URL.
     */
    static String asWritten(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int c = text.codePointAt(at);
            if (c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0) {
                out.appendCodePoint(c);
            } else {
                out.append(PercentCode.encode(Character.toString(c)));
            }
        }
        return out.toString();
    }
}
