package coffer.encryption;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives known bytes, again and again. */
final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] given;
    private int at;

    FixedRandom(String hex) {
        given = HexFormat.of().parseHex(hex);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = given[at++ % given.length];
        }
    }
}
