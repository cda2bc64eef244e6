package coffer.sts;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.identity.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final StsStage stage = new StsStage();
    private final SessionTokens tokens = stage.tokens;

    private static SessionToken token(Principal principal, Optional<String> policy) {
        Instant issued = StsStage.START;
        return new SessionToken(
                SessionToken.ID_PREFIX + "abc",
                "its-secret",
                issued,
                issued.plusSeconds(1800),
                principal,
                "cos-sts-java",
                policy,
                "AKIDissuer",
                "100000000009");
    }

    @Test
    void saysWhatWasSealed() {
        List<Principal> principals = List.of(
                new Principal.Root(StsStage.ACCOUNT),
                new Principal.User(StsStage.ACCOUNT, "100000000009"),
                new Principal.Role(StsStage.ACCOUNT, "4611", "reader"));
        for (Principal principal : principals) {
            for (Optional<String> policy : List.of(Optional.<String>empty(), Optional.of(StsStage.READ_A))) {
                SessionToken token = token(principal, policy);
                String text = tokens.seal(token);
                assertThat(stage.tokens().open(text)).contains(token);
                assertThat(tokens.open(text)).isEqualTo(tokens.open(text)).contains(token);
            }
        }
    }

    @Test
    void isShortAndFitForHeadersAndUrls() {
        String text = tokens.seal(token(new Principal.User(StsStage.ACCOUNT, "1"), Optional.of(StsStage.READ_A)));
        assertThat(text).matches("[A-Za-z0-9_-]+").hasSizeLessThan(340);
        assertThat(text).isNotEqualTo(tokens.seal(token(new Principal.User(StsStage.ACCOUNT, "1"), Optional.empty())));
    }

    @Test
    void showsNoSecret() {
        assertThat(token(new Principal.Root(StsStage.ACCOUNT), Optional.of(StsStage.READ_A)))
                .asString()
                .doesNotContain("its-secret");
    }

    @Test
    void refusesEveryChangedBit() {
        String text = tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.of(StsStage.READ_A)));
        byte[] sealed = Base64.getUrlDecoder().decode(text);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(tokens.open(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .as("bit %s", bit)
                    .isEmpty();
        }
    }

    /** Some texts decode to the same bytes; only one of them is the token. */
    @Test
    void refusesEveryChangedCharacter() {
        for (int length = 0; length < 3; length++) {
            SessionToken token = token(new Principal.User(StsStage.ACCOUNT, "1".repeat(length)), Optional.empty());
            String text = tokens.seal(token);
            for (int i = 0; i < text.length(); i++) {
                for (String letter : (i < text.length() - 2 ? "A-9" : LETTERS).split("", -1)) {
                    String changed = text.substring(0, i) + letter + text.substring(i + 1);
                    assertThat(tokens.open(changed).isPresent()).isEqualTo(changed.equals(text));
                }
            }
        }
    }

    @Test
    void refusesWhatIsCutOrLonger() {
        String text = tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.empty()));
        for (int length = 0; length < text.length(); length++) {
            assertThat(tokens.open(text.substring(0, length))).isEmpty();
            assertThat(tokens.open(text.substring(length + 1))).isEmpty();
        }
        for (String end : List.of("A", "AA", "AAAA", "=", "==", " ", "\n", text)) {
            assertThat(tokens.open(text + end)).isEmpty();
        }
    }

    @Test
    void refusesGarbage() {
        Random random = new Random(7);
        String real = tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.empty()));
        List<String> garbage = new ArrayList<>(List.of("", "=", "%", "é", "\u0000", "A".repeat(100_000), "AQ", "null"));
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = 1;
            }
            garbage.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        assertThat(garbage).allSatisfy(text -> assertThat(tokens.open(text)).isEmpty());
        assertThat(tokens.open(real)).isPresent();
    }

    @Test
    void refusesTokensOfAnotherStore() {
        String foreign = new StsStage().tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.empty()));
        assertThat(tokens.open(foreign)).isEmpty();
        assertThat(tokens.open(tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.empty()))))
                .isPresent();
        assertThat(tokens.open(foreign)).isEmpty();
    }

    /** A store without temporary keys is not bound to its master keys by them. */
    @Test
    void makesItsKeyWithTheFirstToken() {
        assertThat(tokens.open("AQ".repeat(100))).isEmpty();
        assertThat(stage.metadata.get(new coffer.store.RowGroup("cam", "sts").row('t')))
                .isEmpty();
        tokens.seal(token(new Principal.Root(StsStage.ACCOUNT), Optional.empty()));
        assertThat(stage.metadata.get(new coffer.store.RowGroup("cam", "sts").row('t')))
                .isPresent();
    }

    @Test
    void packsAnyPolicy() {
        Random random = new Random(3);
        for (int length : new int[] {0, 1, 100, 5000, 20_480}) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (32 + random.nextInt(0x300)));
            }
            assertThat(PackedPolicy.unpack(PackedPolicy.pack(text.toString()))).isEqualTo(text.toString());
        }
    }
}
