package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.identity.Account;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each policy of {@code malformed-policies.txt} is refused, and the message leads to the place. */
class PolicyErrorsTest {
    private static final Resource BUCKET =
            Resource.bucket("ap-nanjing", new Account("1300000007", "100000000042"), "album-1300000007");

    /**
     * A policy that must not be taken.
     *
     * @param kind {@code bucket} or {@code identity}
     */
    record Malformed(String kind, String message, String document) {
        @Override
        public String toString() {
            return kind + ": " + message;
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void saysWhereItIsWrong(Malformed policy) {
        byte[] document = policy.document.getBytes(StandardCharsets.UTF_8);
        CosException refused = catchThrowableOfType(CosException.class, () -> {
            if (policy.kind.equals("bucket")) {
                Policy.ofBucket(document, BUCKET);
            } else {
                Policy.ofIdentity(document);
            }
        });
        assertThat(refused).as(policy.document).isNotNull();
        assertThat(refused.message()).as(policy.document).isEqualTo(policy.message);
        assertThat(refused.error().code()).isEqualTo("MalformedPolicy");
    }

    @Test
    void thereAreMany() {
        assertThat(policies()).hasSizeGreaterThan(40);
    }

    /** Whatever is broken in a document, it is refused or taken, and nothing else happens. */
    @Test
    void damageIsRefusedAndNothingWorse() {
        long seed = Long.getLong("coffer.access.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Malformed> policies = policies();
        String splinters = "{}[]\",:*/0.-e \\u\u0000é";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(policies.get(random.nextInt(policies.size())).document);
            for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(3)),
                        splinters.substring(random.nextInt(splinters.length())).substring(0, 1));
            }
            byte[] document = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                Policy.ofBucket(document, BUCKET);
            } catch (CosException e) {
                assertThat(e.error().code()).as("%s\nseed: %d", text, seed).isEqualTo("MalformedPolicy");
            } catch (RuntimeException e) {
                throw new AssertionError(text + "\nseed: " + seed, e);
            }
        }
    }

    /** A line {@code kind> message}, and the document below it. */
    static List<Malformed> policies() {
        List<Malformed> policies = new ArrayList<>();
        for (String block : text().split("(?m)^(?=(?:bucket|identity)> )", -1)) {
            int end = block.indexOf('\n');
            if (!block.startsWith("#") && end > 0) {
                String[] head = block.substring(0, end).split("> ", 2);
                policies.add(
                        new Malformed(head[0], head[1], block.substring(end + 1).stripTrailing()));
            }
        }
        return policies;
    }

    private static String text() {
        try (InputStream in = PolicyErrorsTest.class.getResourceAsStream("malformed-policies.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
