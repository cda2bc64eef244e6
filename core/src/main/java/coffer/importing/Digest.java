package coffer.importing;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** ETags that are digests. */
final class Digest {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern OF_PARTS = Pattern.compile("[0-9a-fA-F]{32}-[1-9][0-9]{0,4}");

    private Digest() {}

    /** Whether an ETag looks like the MD5 of all bytes. */
    static boolean isMd5(String etag) {
        return MD5.matcher(etag).matches();
    }

    /** The number of parts that an ETag names; 0 if it names none. */
    static int parts(String etag) {
        return OF_PARTS.matcher(etag).matches() ? Integer.parseInt(etag.substring(33)) : 0;
    }

    static String hex(byte[] md5) {
        return HexFormat.of().formatHex(md5);
    }
}
