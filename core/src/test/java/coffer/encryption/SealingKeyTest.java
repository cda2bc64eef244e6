package coffer.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SealingKeyTest {
    private static final byte[] KEY = HexFormat.of().parseHex("0123456789abcdef".repeat(4));

    private static SealingKey key(String purpose) {
        return new SealingKey(KEY, purpose, new SecureRandom());
    }

    @Test
    void opensWhatItSealed() {
        for (int length : new int[] {1, 100, 65_520}) {
            byte[] plain = new byte[length];
            assertThat(key("p 1").open(key("p 1").seal(plain))).contains(plain);
        }
        assertThat(key("p 1").seal(KEY)).isNotEqualTo(key("p 1").seal(KEY));
        assertThatThrownBy(() -> key("p 1").seal(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> key("p 1").seal(new byte[65_521])).isInstanceOf(IllegalArgumentException.class);
    }

    /** What HKDFExpand and AESGCM of Python's cryptography 48.0.0 make of the same. */
    @Test
    void sealsAsComputedElsewhere() {
        String sealed =
                "01404142434445464748494a4b4c4d4e4f5c5c95f33031a5963acc6f2bd7cd125e48228fc3b3676b51ecd6e08cb0bb";
        SealingKey known = new SealingKey(KEY, "a purpose 1", new FixedRandom("404142434445464748494a4b4c4d4e4f"));
        assertThat(HexFormat.of().formatHex(known.seal("a short record".getBytes(UTF_8))))
                .isEqualTo(sealed);
    }

    @Test
    void opensNothingElse() {
        byte[] sealed = key("p 1").seal("a short record".getBytes(UTF_8));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key("p 1").open(changed)).as("bit %s", bit).isEmpty();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(key("p 1").open(Arrays.copyOf(sealed, length))).isEmpty();
        }
        assertThat(key("p 1").open(Arrays.copyOf(sealed, sealed.length + 1))).isEmpty();
        assertThat(key("p 1").open(Arrays.copyOf(sealed, 70_000))).isEmpty();
        assertThat(key("p 2").open(sealed)).isEmpty();
        assertThat(new SealingKey(new byte[32], "p 1", new SecureRandom()).open(sealed))
                .isEmpty();
    }
}
