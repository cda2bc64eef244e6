package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.store.StoreException;
import coffer.store.memory.MemoryEngine;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MasterKeyServiceTest {
    private final MemoryEngine engine = new MemoryEngine();

    @Test
    void opensWhatItWrapped() {
        KeyService service = service(keys("k1"));
        DataKey one = service.create("k1", "a context");
        DataKey other = service.create("k1", "a context");
        assertThat(one.plain()).hasSize(32).isNotEqualTo(other.plain());
        assertThat(service.unwrap(one.wrapped(), "a context")).isEqualTo(one.plain());
        assertThat(service.unwrap(other.wrapped(), "a context")).isEqualTo(other.plain());
        assertThat(one).hasToString("DataKey[***, WrappedKey[k1]]");
    }

    /** What HKDFExpand and AESGCM of Python's cryptography 48.0.0 make of the same. */
    @Test
    void opensBytesComputedElsewhere() {
        String sealed = "01404142434445464748494a4b4c4d4e4fd73743c63e609dfa82806f2b4f81a915"
                + "f7397488be45aa2ae20aa87f68b5477b889c314ac019e0c1f6e3caa80d4fbae9";
        WrappedKey wrapped = new WrappedKey("k1", HexFormat.of().parseHex(sealed));
        assertThat(service(keys("k1")).unwrap(wrapped, "\nspace/key"))
                .hasSize(32)
                .containsOnly(0xaa);
        KeyService known = service(keys("k1"), new FixedRandom("aa".repeat(32) + "404142434445464748494a4b4c4d4e4f"));
        assertThat(known.create("k1", "\nspace/key").wrapped()).isEqualTo(wrapped);
    }

    @Test
    void refusesEveryChange() {
        KeyService service = service(keys("k1", "k2"));
        WrappedKey wrapped = service.create("k1", "c").wrapped();
        for (int bit = 0; bit < 8 * wrapped.bytes().length; bit++) {
            byte[] changed = wrapped.bytes().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            corrupt(() -> service.unwrap(new WrappedKey("k1", changed), "c"));
        }
        for (int length = 0; length < 100; length++) {
            byte[] cut = java.util.Arrays.copyOf(wrapped.bytes(), length);
            if (length != wrapped.bytes().length) {
                corrupt(() -> service.unwrap(new WrappedKey("k1", cut), "c"));
            }
        }
        corrupt(() -> service.unwrap(wrapped, "C"));
        corrupt(() -> service.unwrap(wrapped, ""));
        corrupt(() -> service.unwrap(new WrappedKey("k2", wrapped.bytes()), "c"));
    }

    @Test
    void aNewFirstKeyIsForWhatIsWrittenFromNowOn() {
        WrappedKey old = service(keys("k1")).create("k1", "c").wrapped();
        KeyService rotated = service(keys("k2", "k1"));
        assertThat(rotated.defaultKeyId()).isEqualTo("k2");
        assertThat(rotated.unwrap(old, "c")).hasSize(32);
        DataKey next = rotated.create(rotated.defaultKeyId(), "c");
        assertThat(next.wrapped().keyId()).isEqualTo("k2");
        assertThat(rotated.unwrap(next.wrapped(), "c")).isEqualTo(next.plain());
    }

    @Test
    void saysWhichKeyIsUnknownOrDisabled() {
        WrappedKey wrapped = service(keys("k1")).create("k1", "").wrapped();
        KeyService service = service(keys("k2", "k1!"));
        refused(CosError.KMS_KEY_DISABLED, "k1", () -> service.require("k1"));
        refused(CosError.KMS_KEY_DISABLED, "k1", () -> service.create("k1", ""));
        refused(CosError.KMS_KEY_DISABLED, "k1", () -> service.unwrap(wrapped, ""));
        refused(CosError.KMS_KEY_NOT_EXIST, "k3", () -> service.require("k3"));
        refused(CosError.KMS_KEY_NOT_EXIST, "k3", () -> service.create("k3", ""));
        refused(CosError.KMS_KEY_NOT_EXIST, "k3", () -> service.unwrap(new WrappedKey("k3", wrapped.bytes()), ""));
        service.require("k2");
    }

    private static void refused(CosError error, String keyId, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error))
                .hasMessageContaining("'" + keyId + "'");
    }

    private static void corrupt(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT))
                .hasMessageContaining("does not open with the master key");
    }

    private KeyService service(MasterKeys keys) {
        return service(keys, new SecureRandom());
    }

    private KeyService service(MasterKeys keys, SecureRandom random) {
        return new MasterKeyService(keys, KeyRegister.open(engine, "system", keys), random);
    }

    /** Keys that depend on their ids; the one of {@code k1} is 32, 33, 34 ... A {@code !} says that it is disabled. */
    static MasterKeys keys(String... ids) {
        Map<String, MasterKeys.Key> keys = new LinkedHashMap<>();
        for (String id : ids) {
            String name = id.replace("!", "");
            byte[] bytes = new byte[32];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (32 + i + name.hashCode() - "k1".hashCode());
            }
            keys.put(name, new MasterKeys.Key(bytes, id.endsWith("!")));
        }
        return new MasterKeys(Path.of("keys"), keys);
    }
}
