package coffer.website;

import coffer.api.CosException;
import coffer.request.Words;
import java.util.Locale;

/** How a browser is to come. */
public enum Scheme {
    HTTP,
    HTTPS;

    /**
     * Reads an element {@code Protocol}.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static Scheme parse(String text) {
        return Words.constant("Protocol", text, Scheme.class);
    }

    /** As URLs have it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
