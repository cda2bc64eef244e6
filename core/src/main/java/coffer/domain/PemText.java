package coffer.domain;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What stands in a PEM text, in order. Source: RFC 7468; line breaks may be anywhere, as XML clients move them. */
final class PemText {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private PemText() {}

    /** A block: what it says it is, and its DER. */
    record Block(String label, byte[] der) {}

    /**
     * Reads the blocks of a text; what is around them means nothing.
     *
     * @throws CosException {@code InvalidArgument} if one is not base64; old encrypted keys are not either
     */
    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(text).results().toList()) {
            try {
                String base64 = block.group(2).replaceAll("\\s", "");
                blocks.add(new Block(block.group(1), Base64.getDecoder().decode(base64)));
            } catch (IllegalArgumentException e) {
                throw CosError.INVALID_ARGUMENT.because(
                        "The PEM block " + block.group(1) + " must be base64 and not encrypted.");
            }
        }
        return blocks;
    }
}
