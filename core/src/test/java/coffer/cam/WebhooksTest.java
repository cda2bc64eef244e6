package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String URL = "https://example.com:8443/hook?token=t0ps3cret";

    private final CamFixture fixture = new CamFixture();
    private final Cam cam = fixture.cam;
    private final Webhooks webhooks = cam.webhooks();

    @Test
    void aWebhookIsFoundByItsNameAlsoWhenTheStoreIsOpenedAnew() {
        Webhooks.NewWebhook made = webhooks.create(APP_ID, "orders", URL, Optional.empty());
        assertThat(made.secret()).matches("whsec_[A-Za-z0-9+/]{43}=");
        Webhooks reopened = fixture.reopened().webhooks();
        WebhookInfo found = reopened.find(APP_ID, "orders").orElseThrow();
        assertThat(found.url()).isEqualTo(URI.create(URL)).hasToString(URL);
        assertThat(found.created()).isEqualTo(fixture.clock.instant());
        assertThat(reopened.secret(found))
                .isEqualTo(Base64.getDecoder().decode(made.secret().substring(6)));
        assertThat(reopened.list(APP_ID)).extracting(WebhookInfo::name).containsExactly("orders");
        assertThat(reopened.find(APP_ID, "order")).isEmpty();
        assertThat(reopened.find("1250000002", "orders")).isEmpty();
    }

    @Test
    void secretsAreNeitherStoredNorShownAsTheyAre() {
        Webhooks.NewWebhook made = webhooks.create(APP_ID, "orders", URL, Optional.empty());
        byte[] secret = webhooks.secret(made.webhook());
        assertThat(fixture.stored('w'))
                .contains("orders")
                .doesNotContain(made.secret().substring(6, 20))
                .doesNotContain(new String(secret, ISO_8859_1));
        assertThat(made + " " + made.webhook()).doesNotContain(made.secret()).doesNotContain("t0ps3cret");
        assertThat(made.webhook().shownUrl()).isEqualTo("https://example.com:8443");
        assertThat(webhooks.create(APP_ID, "other", URL, Optional.empty()).secret())
                .isNotEqualTo(made.secret());
    }

    @Test
    void theSecretOfOneDoesNotOpenForAnother() {
        WebhookInfo one = webhooks.create(APP_ID, "one", URL, Optional.empty()).webhook();
        WebhookInfo forged = new WebhookInfo(APP_ID, "two", one.url(), one.created(), one.sealedSecret());
        assertThat(catchThrowableOfType(RuntimeException.class, () -> webhooks.secret(forged)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 25, 32, 64})
    void aSecretCanBeGiven(int bytes) {
        byte[] secret = new byte[bytes];
        secret[3] = 7;
        String text = "whsec_" + Base64.getEncoder().encodeToString(secret);
        Webhooks.NewWebhook made = webhooks.create(APP_ID, "orders", URL, Optional.of(text));
        assertThat(made.secret()).isEqualTo(text);
        assertThat(webhooks.secret(made.webhook())).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS=", // 23 bytes
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA", // without its padding
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa_w",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
            })
    void anotherFormOfSecretIsRefusedWithoutBeingShown(String secret) {
        CamException refused = catchThrowableOfType(
                CamException.class, () -> webhooks.create(APP_ID, "orders", URL, Optional.of(secret)));
        assertThat(refused.error()).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refused.sentence()).doesNotContain("MfKQ9r8GKYqr");
        assertThat(webhooks.list(APP_ID)).isEmpty();
    }

    @Test
    void aSecretOf65BytesIsRefused() {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[65]);
        assertThat(refusal(() -> webhooks.create(APP_ID, "orders", URL, Optional.of(text))))
                .isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "ftp://example.com/",
                "http:///path",
                "http:example.com",
                "http://us_er/",
                "https://user@example.com/?t0ps3cret",
                "https://user:t0ps3cret@example.com/",
                "https://example.com/#t0ps3cret",
                "https://example.com:/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com/a b?t0ps3cret",
                "https://example.com/ü?t0ps3cret",
                "https://example.com/\r\nX: y",
            })
    void urlsThatNoRequestCanBeSentToAreRefusedWithoutBeingShown(String url) {
        CamException refused = catchThrowableOfType(
                CamException.class, () -> webhooks.create(APP_ID, "orders", url, Optional.empty()));
        assertThat(refused.error()).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refused.sentence()).startsWith("The URL of a webhook ").doesNotContain("t0ps3cret");
        webhooks.create(APP_ID, "orders", URL, Optional.empty());
        assertThat(refusal(() -> webhooks.update(APP_ID, "orders", url))).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(webhooks.require(APP_ID, "orders").url()).hasToString(URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080",
                "HTTPS://Example.com/a/%20?b=c%3D",
                "http://[2001:db8::1]:65535/x",
                "http://hook/",
            })
    void urlsAreKeptAsTheyWereGiven(String url) {
        webhooks.create(APP_ID, "orders", url, Optional.empty());
        assertThat(webhooks.require(APP_ID, "orders").url()).hasToString(url);
    }

    @Test
    void aUrlHasAtMost2048Characters() {
        String longest = "https://example.com/" + "x".repeat(2028);
        assertThat(webhooks.create(APP_ID, "orders", longest, Optional.empty())
                        .webhook()
                        .url())
                .hasToString(longest);
        assertThat(refusal(() -> webhooks.create(APP_ID, "longer", longest + "x", Optional.empty())))
                .isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @Test
    void anotherUrlKeepsTheSecret() {
        WebhookInfo made =
                webhooks.create(APP_ID, "orders", URL, Optional.empty()).webhook();
        fixture.pass(Duration.ofDays(1));
        WebhookInfo changed = webhooks.update(APP_ID, "orders", "http://example.org/");
        assertThat(webhooks.require(APP_ID, "orders").url()).hasToString("http://example.org/");
        assertThat(webhooks.secret(changed)).isEqualTo(webhooks.secret(made));
        assertThat(changed.created()).isEqualTo(made.created());
        assertThat(refusal(() -> webhooks.update(APP_ID, "nobody", URL))).isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @Test
    void aNameIsTakenOnceUntilItIsDeleted() {
        String secret = webhooks.create(APP_ID, "orders", URL, Optional.empty()).secret();
        assertThat(refusal(() -> webhooks.create(APP_ID, "orders", URL, Optional.empty())))
                .isEqualTo(CamError.ENTITY_ALREADY_EXISTS);
        webhooks.delete(APP_ID, "orders");
        assertThat(webhooks.find(APP_ID, "orders")).isEmpty();
        assertThat(fixture.stored('w')).isEmpty();
        assertThat(refusal(() -> webhooks.delete(APP_ID, "orders"))).isEqualTo(CamError.NO_SUCH_ENTITY);
        assertThat(webhooks.create(APP_ID, "orders", URL, Optional.empty()).secret())
                .isNotEqualTo(secret);
        assertThat(refusal(() -> webhooks.create(APP_ID, "a/b", URL, Optional.empty())))
                .isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refusal(() -> webhooks.create("99999", "orders", URL, Optional.empty())))
                .isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @Test
    void aHundredAreEnough() {
        for (int i = 0; i < Webhooks.MAX_WEBHOOKS; i++) {
            webhooks.create(APP_ID, "w" + i, URL, Optional.empty());
        }
        assertThat(webhooks.list(APP_ID)).hasSize(100);
        assertThat(refusal(() -> webhooks.create(APP_ID, "more", URL, Optional.empty())))
                .isEqualTo(CamError.LIMIT_EXCEEDED);
        webhooks.delete(APP_ID, "w7");
        webhooks.create(APP_ID, "more", URL, Optional.empty());
        assertThat(webhooks.list(APP_ID)).hasSize(100);
    }
}
