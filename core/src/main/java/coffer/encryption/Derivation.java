package coffer.encryption;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys of keys: HKDF-Expand with SHA-256. Source: RFC 5869, section 2.3. */
final class Derivation {
    /** Length of every key, in bytes. */
    static final int KEY_BYTES = 32;

    private Derivation() {}

    /**
     * Derives 32 bytes; who knows them learns nothing of the key, nor of what other purposes and details give.
     *
     * @param key 32 bytes nobody can guess
     * @param purpose what the result is for, with the number of its format; without zero characters
     * @param details what it is for in particular; the caller sees to it that two lists never join to the same bytes
     */
    static byte[] derive(byte[] key, String purpose, byte[]... details) {
        ByteArrayOutputStream info = new ByteArrayOutputStream(64);
        info.writeBytes(purpose.getBytes(StandardCharsets.UTF_8));
        info.write(0);
        for (byte[] detail : details) {
            info.writeBytes(detail);
        }
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.expandOnly(
                            new SecretKeySpec(key, "HKDF-SHA256"), info.toByteArray(), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform has HKDF-SHA256", e);
        }
    }
}
