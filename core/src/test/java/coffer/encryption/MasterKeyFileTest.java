package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyFileTest {
    private static final String A = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String B = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsKeysInTheirOrder() {
        MasterKeys keys = MasterKeyFile.read(
                file("# comment\n\n  new.key_2-x\t" + A + "  \r\n# k0 " + B + "\nold " + B + " disabled"));
        assertThat(keys.ids()).containsExactly("new.key_2-x", "old");
        assertThat(keys.activeId()).isEqualTo("new.key_2-x");
        assertThat(keys.find("old").orElseThrow().disabled()).isTrue();
        assertThat(keys.find("new.key_2-x").orElseThrow().disabled()).isFalse();
        assertThat(keys.find("new.key_2-x").orElseThrow().bytes()[31]).isEqualTo((byte) 31);
        assertThat(keys.find("k0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k1",
                A,
                A + " k1",
                "k1 " + A + " enabled",
                "k1 " + A + " disabled now",
                "k/1 " + A,
                "k1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
                "k1 " + A + "AA",
                "k1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "k12345678901234567890123456789012345678901234567890123456789012345 " + A,
                "k1=" + A
            })
    void namesTheLineThatIsNoKeyAndNeverQuotesIt(String line) {
        Path file = file("# first\nk0 " + B + "\n" + line + "\n");
        assertThatThrownBy(() -> MasterKeyFile.read(file))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageStartingWith("Line 3 of the file of master keys " + file + " must be")
                .message()
                .doesNotContain(A, A.substring(1, 20), B, "000102");
    }

    @Test
    void refusesWhatCannotBeRight() {
        refused(file("k1 " + A + "\nk1 " + B), "Line 2 ", "'k1' for the second time");
        refused(file("# nothing\n"), "holds no key");
        refused(file(""), "holds no key");
        refused(file("k1 " + A + " disabled\nk2 " + B), "must not be disabled");
        refused(file("# " + "x".repeat(1024 * 1024)), "longer than 1 MiB");
        refused(file("\0\1\2\3"), "Line 1 ");
        refused(folder.resolve("none"), "does not exist");
        refused(folder, "cannot be read");
    }

    @Test
    void saysWhenItMayNotReadTheFile() throws IOException {
        Path file = file("k1 " + A);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (!Files.isReadable(file)) {
            refused(file, "permission denied");
        }
    }

    @Test
    void makesAFileForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("keys");
        MasterKeys made = MasterKeyFile.create(file, new SecureRandom());
        assertThat(made.ids()).containsExactly("k1");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(MasterKeyFile.warning(file)).isEmpty();
        MasterKeys read = MasterKeyFile.read(file);
        assertThat(read.find("k1").orElseThrow().bytes())
                .hasSize(32)
                .isEqualTo(made.find("k1").orElseThrow().bytes());
        MasterKeys other = MasterKeyFile.create(folder.resolve("others"), new SecureRandom());
        assertThat(other.find("k1").orElseThrow().bytes())
                .isNotEqualTo(made.find("k1").orElseThrow().bytes());
    }

    @Test
    void neverReplacesAFile() throws IOException {
        Path file = file("k1 " + A);
        assertThatThrownBy(() -> MasterKeyFile.create(file, new SecureRandom()))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("exists already");
        assertThat(Files.readString(file)).isEqualTo("k1 " + A);
        assertThatThrownBy(() -> MasterKeyFile.create(folder.resolve("no/such/folder"), new SecureRandom()))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("cannot be written");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void warnsOfAFileThatOthersMayRead() throws IOException {
        Path file = file("k1 " + A);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(MasterKeyFile.warning(file).orElseThrow()).contains("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(MasterKeyFile.warning(file)).isEmpty();
        assertThat(MasterKeyFile.warning(folder.resolve("none"))).isEmpty();
    }

    @Test
    void showsNoKeyInItsText() {
        MasterKeys keys = MasterKeyFile.read(file("k1 " + A));
        assertThat(keys).hasToString("MasterKeys[k1]");
        assertThat(keys.find("k1").orElseThrow()).hasToString("Key[***]");
    }

    private static void refused(Path file, String... parts) {
        assertThatThrownBy(() -> MasterKeyFile.read(file))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith(".")
                .hasMessageContaining(file.toString())
                .hasNoCause();
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("keys"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
