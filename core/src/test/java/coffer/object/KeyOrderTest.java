package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final List<String> KEYS = List.of(
            "",
            "a",
            "a\0",
            "a/",
            "a/b",
            "b",
            "\u00e9",
            "\u4e2d",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud83d\ude00",
            "\udbff\udfff");

    @Test
    void ordersByUtf8BytesAlsoBeyondTheBasicPlane() {
        for (String a : KEYS) {
            for (String b : KEYS) {
                int bytes =
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(KeyOrder.compare(a, b))).isEqualTo(Integer.signum(bytes));
            }
        }
    }

    @Test
    void findsTheFirstKeyBehindAPrefix() {
        assertThat(KeyOrder.afterPrefix("a/")).contains("a0");
        assertThat(KeyOrder.afterPrefix("\ud7ff")).contains("\ue000");
        assertThat(KeyOrder.afterPrefix("a\udbff\udfff")).contains("b");
        assertThat(KeyOrder.afterPrefix("\udbff\udfff")).isEmpty();
        assertThat(KeyOrder.afterPrefix("")).isEmpty();
    }
}
