package coffer.domain;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a host of the user's own. Source: RFC 1123, 2.1; international names in their ASCII form.
 *
 * @param text in lower case, at most 253 characters; at least two labels of 1 to 63, the last one not a number
 */
public record DomainName(String text) {
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(" + LABEL + "\\.)+(?![0-9]+$)" + LABEL);

    /**
     * Checks it.
     *
     * @throws CosException {@code UserCnameInvalid}
     */
    public DomainName {
        text = text.toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH || !NAME.matcher(text).matches()) {
            throw CosError.USER_CNAME_INVALID.because("'" + text + "' is not a domain name like img.photos.example.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
