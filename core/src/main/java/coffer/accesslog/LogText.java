package coffer.accesslog;

import coffer.api.CosException;
import coffer.api.PercentCode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Texts of clients as they may stand in a log: one field each, and no secrets. */
final class LogText {
    static final String NOTHING = "-";

    private static final String HIDDEN = "***";

    /** What signs, and what lets others sign; in lower case. */
    private static final Set<String> SECRETS = Set.of(
            "q-signature",
            "sign",
            "signature",
            "x-amz-signature",
            "x-cos-security-token",
            "x-amz-security-token",
            "x-cos-server-side-encryption-customer-key",
            "x-amz-server-side-encryption-customer-key",
            "x-cos-copy-source-server-side-encryption-customer-key",
            "x-amz-copy-source-server-side-encryption-customer-key");

    private LogText() {}

    /** In quotes if it has a blank; what would end a field or a line is percent-encoded. */
    static String field(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        String safe = safe(text);
        return safe.indexOf(' ') < 0 ? safe : '"' + safe + '"';
    }

    static String field(Optional<String> text) {
        return text.map(LogText::field).orElse(NOTHING);
    }

    static String field(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : NOTHING;
    }

    /** In quotes always. */
    static String quoted(String text) {
        return '"' + safe(text) + '"';
    }

    private static String safe(String text) {
        if (text.chars().noneMatch(LogText::isUnsafe)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                out.append(PercentCode.encode(String.valueOf(c)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Beside quotes and control characters those that some programs take for the end of a line. */
    private static boolean isUnsafe(int c) {
        return c < ' ' || c == '"' || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
    }

    /** A URL or a request target without the values of parameters that sign. */
    static String withoutSecrets(String url) {
        int mark = url.indexOf('?');
        if (mark < 0) {
            return url;
        }
        StringBuilder out = new StringBuilder(url.length()).append(url, 0, mark);
        char before = '?';
        for (String parameter : url.substring(mark + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            boolean secret = equals > 0 && isSecret(parameter.substring(0, equals));
            out.append(before).append(secret ? parameter.substring(0, equals + 1) + HIDDEN : parameter);
            before = '&';
        }
        return out.toString();
    }

    private static boolean isSecret(String name) {
        return SECRETS.contains(decoded(name).toLowerCase(Locale.ROOT));
    }

    private static String decoded(String name) {
        try {
            return PercentCode.decodeForm(name);
        } catch (CosException e) {
            return name;
        }
    }
}
