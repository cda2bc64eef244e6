package coffer.referer;

import java.util.Locale;

/**
 * An entry of the list: a host, with or without port, of which {@code *} stands for any part, then a path or none. It hits
 * every address that begins so, as COS has it: {@code www.a.example} hits {@code www.a.example.cn/x} too. A star in the
 * host ends where the host does, else any page could hit {@code *.a.example} by a path of that name.
 *
 * @param host in lower case
 * @param path from the first {@code /}; empty if there is none
 */
record RefererPattern(String host, String path) {
    static RefererPattern of(String address) {
        String bare = withoutScheme(address);
        int end = 0;
        while (end < bare.length() && "/?#".indexOf(bare.charAt(end)) < 0) {
            end++;
        }
        return new RefererPattern(bare.substring(0, end).toLowerCase(Locale.ROOT), bare.substring(end));
    }

    boolean hits(RefererPattern address) {
        return path.isEmpty() ? begins(host, address.host) : matches(host, address.host) && begins(path, address.path);
    }

    private static boolean begins(String pattern, String text) {
        return matches(pattern + "*", text);
    }

    /** Goes back to the last star only, so that no list takes long. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static String withoutScheme(String address) {
        int end = address.indexOf("://");
        boolean isScheme = end > 0 && address.chars().limit(end).allMatch(c -> Character.isLetterOrDigit(c));
        return isScheme ? address.substring(end + 3) : address;
    }
}
