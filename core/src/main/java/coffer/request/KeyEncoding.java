package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import coffer.api.Query;

/** How a listing writes keys: the parameter {@code encoding-type}. */
public enum KeyEncoding {
    /** As they are. */
    NONE {
        @Override
        public String encode(String key) {
            return key;
        }
    },
    /** Percent-encoded but for {@code /}: the Java SDK decodes what the Python SDK does not, and both get it right. */
    URL {
        @Override
        public String encode(String key) {
            return PercentCode.encodeKey(key);
        }
    };

    /**
     * What a request asks for; an empty value is none.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public static KeyEncoding of(Query query) {
        String asked = query.nonEmpty("encoding-type").orElse("");
        return switch (asked) {
            case "" -> NONE;
            case "url" -> URL;
            default -> throw CosError.INVALID_ARGUMENT.because("encoding-type must be url.");
        };
    }

    /** A key, prefix, marker or delimiter in this encoding. */
    public abstract String encode(String key);
}
