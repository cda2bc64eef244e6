package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.store.RowGroup;
import coffer.store.memory.MemoryEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRegisterTest {
    private static final String SPACE = "system";

    @TempDir
    Path folder = Path.of("");

    private final MemoryEngine engine = new MemoryEngine();
    private final SecureRandom random = new SecureRandom();

    @Test
    void startsWithAFileOfItsOwnUntilSomethingIsWritten() throws IOException {
        Path file = folder.resolve("keys");
        MasterKeys first = KeyRegister.keys(engine, SPACE, file, random);
        KeyRegister _ = KeyRegister.open(engine, SPACE, first);
        assertThat(Files.exists(file)).isTrue();
        Files.delete(file);
        // nothing was encrypted, so nothing is lost
        MasterKeys second = KeyRegister.keys(engine, SPACE, file, random);
        KeyRegister register = KeyRegister.open(engine, SPACE, second);
        DataKey _ = new MasterKeyService(second, register, random).create("k1", "");
        assertThat(KeyRegister.keys(engine, SPACE, file, random).ids()).containsExactly("k1");
        Files.delete(file);
        assertThatThrownBy(() -> KeyRegister.keys(engine, SPACE, file, random))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContainingAll(file.toString(), "'k1'", "restore it");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void refusesAFileWithoutAKeyItKnows() {
        use(keys("k1", 1, "k2", 2), "k1");
        KeyRegister _ = KeyRegister.open(engine, SPACE, keys("k1", 1));
        KeyRegister _ = KeyRegister.open(engine, SPACE, keys("k3", 3, "k1", 1));
        assertThatThrownBy(() -> KeyRegister.open(engine, SPACE, keys("k2", 2)))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContainingAll("'k1' is missing in ", "restore the right file");
    }

    @Test
    void refusesAnotherKeyUnderAKnownId() {
        use(keys("k1", 1), "k1");
        MasterKeys other = keys("k1", 2);
        assertThatThrownBy(() -> KeyRegister.open(engine, SPACE, other))
                .isInstanceOf(MasterKeyException.class)
                .hasMessage("The master key 'k1' in " + other.file()
                        + " is not the one this store was written with: restore the right file.");
    }

    @Test
    void remembersAKeyFromItsFirstUse() {
        KeyRegister register = KeyRegister.open(engine, SPACE, keys("k2", 2, "k1", 1));
        assertThat(engine.get(new RowGroup(SPACE, "master-keys").row('k', "k1")))
                .isEmpty();
        MasterKeyService service = new MasterKeyService(keys("k2", 2, "k1", 1), register, random);
        DataKey _ = service.create("k1", "");
        DataKey _ = service.create("k1", "");
        assertThat(engine.get(new RowGroup(SPACE, "master-keys").row('k', "k1")))
                .isPresent();
        assertThat(engine.get(new RowGroup(SPACE, "master-keys").row('k', "k2")))
                .isEmpty();
        DataKey _ = service.create("k2", "");
        assertThat(engine.get(new RowGroup(SPACE, "master-keys").row('k', "k2")))
                .isPresent();
        assertThatThrownBy(() -> KeyRegister.open(engine, SPACE, keys("k2", 2))).isInstanceOf(MasterKeyException.class);
    }

    @Test
    void anIdIsTakenByTheFirstOfTwo() {
        KeyRegister one = KeyRegister.open(engine, SPACE, keys("k1", 1));
        KeyRegister same = KeyRegister.open(engine, SPACE, keys("k1", 1));
        KeyRegister other = KeyRegister.open(engine, SPACE, keys("k1", 2));
        one.add("k1");
        same.add("k1");
        assertThatThrownBy(() -> other.add("k1")).isInstanceOf(MasterKeyException.class);
    }

    /** What HKDFExpand of Python's cryptography 48.0.0 makes of the same. */
    @Test
    void keepsAValueThatIsDerivedOfTheKey() {
        use(keys("k1", 0), "k1");
        byte[] row = engine.get(new RowGroup(SPACE, "master-keys").row('k', "k1"))
                .orElseThrow()
                .value();
        assertThat(HexFormat.of().formatHex(row))
                .isEqualTo("0120" + "287603b3d58cec28c0bc8341a1a10bdb6c83e7963504c9ac3fc946c929d562b9");
    }

    private void use(MasterKeys keys, String id) {
        DataKey _ = new MasterKeyService(keys, KeyRegister.open(engine, SPACE, keys), random).create(id, "");
    }

    /** Key ids and what their key begins with; 0 for the key 32, 33, 34 ... */
    private MasterKeys keys(Object... idsAndSeeds) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < idsAndSeeds.length; i += 2) {
            byte[] key = new byte[32];
            for (int j = 0; j < key.length; j++) {
                key[j] = (byte) (32 + j + (int) idsAndSeeds[i + 1]);
            }
            text.append(idsAndSeeds[i])
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(key))
                    .append('\n');
        }
        try {
            return MasterKeyFile.read(Files.writeString(folder.resolve("given"), text));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
