package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionHeadersTest {
    private static final String SSE = "x-cos-server-side-encryption";
    private static final String CUSTOMER = "x-cos-server-side-encryption-customer-";
    private static final String SOURCE = "x-cos-copy-source-server-side-encryption-customer-";

    /** The example key of the COS documentation, 32 ASCII characters, with its MD5. */
    private static final String KEY = "MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=";

    private static final String MD5 = "U5L61r7jcwdNvT7frmUG8g==";

    private static final Optional<BucketEncryption> BY_DEFAULT =
            Optional.of(new BucketEncryption(BucketEncryption.Algorithm.KMS, Optional.of("k2"), false));

    @Test
    void readsWhatAWriteAsksFor() {
        assertThat(write()).isEqualTo(new EncryptionRequest.None());
        assertThat(write(SSE, "")).isEqualTo(new EncryptionRequest.None());
        assertThat(write(SSE, "AES256")).isEqualTo(new EncryptionRequest.SseCos());
        assertThat(write(SSE, "cos/kms")).isEqualTo(new EncryptionRequest.SseKms(Optional.empty(), "", false));
        String context =
                Base64.getEncoder().encodeToString("{\"a\":\"b\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(write(SSE, "cos/kms", SSE + "-cos-kms-key-id", "k1", SSE + "-context", context))
                .isEqualTo(new EncryptionRequest.SseKms(Optional.of("k1"), context, false));
        assertThat(write(customer(CUSTOMER, "AES256", KEY, MD5)))
                .isInstanceOfSatisfying(EncryptionRequest.SseC.class, sse -> {
                    assertThat(sse.key().bytes()).asString().isEqualTo("0123456789ABCDEF0123456789ABCDEF");
                    assertThat(sse.key().md5()).isEqualTo(MD5);
                });
    }

    @Test
    void theRequestGoesBeforeTheBucket() {
        assertThat(EncryptionHeaders.ofWrite(Headers.NONE, BY_DEFAULT))
                .isEqualTo(new EncryptionRequest.SseKms(Optional.of("k2"), "", true));
        assertThat(EncryptionHeaders.ofWrite(Headers.of(SSE, "AES256"), BY_DEFAULT))
                .isEqualTo(new EncryptionRequest.SseCos());
        assertThat(EncryptionHeaders.ofWrite(Headers.of(customer(CUSTOMER, "AES256", KEY, MD5)), BY_DEFAULT))
                .isInstanceOf(EncryptionRequest.SseC.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SM4, '', ''",
        "aes-256, '', ''",
        "cos/sm4, k1, ''",
    })
    void knowsNoOtherAlgorithm(String algorithm, String keyId, String context) {
        CosError expected = keyId.isEmpty() ? CosError.SSE_CONTENT_NOT_SUPPORTED : CosError.INVALID_ARGUMENT;
        refused(expected, () -> write(SSE, algorithm, SSE + "-cos-kms-key-id", keyId, SSE + "-context", context));
    }

    @Test
    void refusesCombinationsWithoutAMeaning() {
        List<String> both = new ArrayList<>(List.of(customer(CUSTOMER, "AES256", KEY, MD5)));
        both.addAll(List.of(SSE, "AES256"));
        refused(CosError.INVALID_ARGUMENT, () -> write(both.toArray(String[]::new)));
        refused(CosError.INVALID_ARGUMENT, () -> write(SSE, "AES256", SSE + "-cos-kms-key-id", "k1"));
        refused(CosError.INVALID_ARGUMENT, () -> write(SSE + "-cos-kms-key-id", "k1"));
        refused(CosError.INVALID_ARGUMENT, () -> write(SSE + "-context", "e30="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "e30", "e30=x", "W10=", "MQ==", "eyJh", "bnVsbA=="})
    void aContextIsTheBase64OfAJsonObject(String context) {
        if (context.equals("e30")) {
            assertThat(write(SSE, "cos/kms", SSE + "-context", context)).isNotNull();
        } else {
            refused(CosError.INVALID_ARGUMENT, () -> write(SSE, "cos/kms", SSE + "-context", context));
        }
    }

    @Test
    void aContextHasAnEnd() {
        String context = Base64.getEncoder()
                .encodeToString(
                        ("{\"a\":\"" + "x".repeat(1017) + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        refused(CosError.INVALID_ARGUMENT, () -> write(SSE, "cos/kms", SSE + "-context", context));
    }

    @ParameterizedTest
    @CsvSource({
        "AES128, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, U5L61r7jcwdNvT7frmUG8g==, SSE_CONTENT_NOT_SUPPORTED",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUZH, U5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERQ==, U5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, not base64, U5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, V5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, U5L61r7j, INVALID_ARGUMENT",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, not base64, INVALID_ARGUMENT",
        "'', MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, U5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, '', U5L61r7jcwdNvT7frmUG8g==, INVALID_ARGUMENT",
        "AES256, MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=, '', INVALID_ARGUMENT"
    })
    void refusesACustomersKeyThatIsNone(String algorithm, String key, String md5, CosError error) {
        Headers headers = Headers.of(customer(CUSTOMER, algorithm, key, md5));
        refused(error, () -> EncryptionHeaders.ofWrite(headers, Optional.empty()));
        refused(error, () -> EncryptionHeaders.ofRead(headers));
        refused(error, () -> EncryptionHeaders.ofCopySource(Headers.of(customer(SOURCE, algorithm, key, md5))));
    }

    @Test
    void onlyACustomersKeyHasAMeaningWhereNothingIsChosen() {
        assertThat(EncryptionHeaders.ofRead(Headers.NONE)).isEmpty();
        Headers customer = Headers.of(customer(CUSTOMER, "AES256", KEY, MD5));
        assertThat(EncryptionHeaders.ofRead(customer).orElseThrow().md5()).isEqualTo(MD5);
        EncryptionHeaders.refuse(customer);
        EncryptionHeaders.refuse(Headers.of(SSE, ""));
        for (String name : List.of(SSE, SSE + "-cos-kms-key-id", SSE + "-context")) {
            refused(CosError.SSE_HEADER_NOT_ALLOWED, () -> EncryptionHeaders.ofRead(Headers.of(name, "AES256")));
            refused(CosError.SSE_HEADER_NOT_ALLOWED, () -> EncryptionHeaders.refuse(Headers.of(name, "AES256")));
        }
    }

    @Test
    void theSourceOfACopyHasAKeyOfItsOwn() {
        Headers headers = Headers.of(customer(SOURCE, "AES256", KEY, MD5));
        assertThat(EncryptionHeaders.ofCopySource(headers)).isPresent();
        assertThat(EncryptionHeaders.ofRead(headers)).isEmpty();
        assertThat(EncryptionHeaders.ofWrite(headers, Optional.empty())).isEqualTo(new EncryptionRequest.None());
        assertThat(EncryptionHeaders.ofCopySource(Headers.of(customer(CUSTOMER, "AES256", KEY, MD5))))
                .isEmpty();
    }

    @Test
    void answersAreSpelledAsClientsLookThemUp() {
        WrappedKey wrapped = new WrappedKey("k1", new byte[65]);
        CustomerKey key = CustomerKey.parse("AES256", KEY, MD5);
        Encryption customer = new Encryption.SseC(Salt.NONE, new byte[32]);
        assertThat(answered(new Encryption.None(), Optional.empty())).isEmpty();
        assertThat(answered(new Encryption.SseCos(wrapped), Optional.empty()))
                .containsExactly(new Header("x-cos-server-side-encryption", "AES256"));
        assertThat(answered(new Encryption.SseKms(wrapped, "e30="), Optional.empty()))
                .containsExactly(
                        new Header("x-cos-server-side-encryption", "cos/kms"),
                        new Header("x-cos-server-side-encryption-cos-kms-key-id", "k1"));
        assertThat(answered(customer, Optional.of(key)))
                .containsExactly(
                        new Header("x-cos-server-side-encryption-customer-algorithm", "AES256"),
                        new Header("x-cos-server-side-encryption-customer-key-MD5", MD5));
        assertThat(answered(customer, Optional.empty())).isEmpty();
    }

    private static List<Header> answered(Encryption encryption, Optional<CustomerKey> given) {
        return EncryptionHeaders.answered(encryption, given);
    }

    private static EncryptionRequest write(String... headers) {
        return EncryptionHeaders.ofWrite(Headers.of(headers), Optional.empty());
    }

    private static String[] customer(String prefix, String algorithm, String key, String md5) {
        return new String[] {prefix + "algorithm", algorithm, prefix + "key", key, prefix + "key-MD5", md5};
    }

    private static void refused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error))
                .message()
                .doesNotContain(KEY, "0123456789ABCDEF");
    }
}
