package coffer.origin;

import coffer.api.PercentCode;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** What an origin gets of the parameters of a request. */
public final class OriginQuery {
    private static final Set<String> OF_STORE = Set.of(
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature",
            "sign",
            "awsaccesskeyid",
            "signature",
            "expires",
            "partnumber",
            "versionid");

    private OriginQuery() {}

    /**
     * The parameters without those that the store understands: signatures, and how the answer is to be.
     *
     * @param raw what stands behind the {@code ?}
     * @return likewise; encoded so that it fits into an address
     * @throws coffer.api.CosException {@code InvalidURI}
     */
    public static String of(String raw) {
        StringJoiner kept = new StringJoiner("&");
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = PercentCode.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && !isOfStore(name.toLowerCase(Locale.ROOT))) {
                String value = equals < 0 ? "" : "=" + PercentCode.encode(decoded(pair, equals));
                kept.add(PercentCode.encode(name) + value);
            }
        }
        return kept.toString();
    }

    private static String decoded(String pair, int equals) {
        return PercentCode.decodeForm(pair.substring(equals + 1));
    }

    private static boolean isOfStore(String name) {
        return OF_STORE.contains(name)
                || name.startsWith("x-amz-")
                || name.startsWith("x-cos-")
                || name.startsWith("response-");
    }
}
