package coffer.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.StoreException;
import coffer.store.memory.MemoryEngine;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentKeysTest {
    private static final String OWNER = "b-1/cat.jpg";
    private static final byte[] MD5 = HexFormat.of().parseHex("d41d8cd98f00b204e9800998ecf8427e");
    private static final CustomerKey CUSTOMER = new CustomerKey(bytes(32, 1), "md5 of it");
    private static final CustomerKey STRANGER = new CustomerKey(bytes(32, 2), "md5 of it");

    private final MemoryEngine engine = new MemoryEngine();
    private final ContentKeys keys = keys("k1", "k0");

    private static Stream<EncryptionRequest> requests() {
        return Stream.of(
                new EncryptionRequest.None(),
                new EncryptionRequest.SseCos(),
                new EncryptionRequest.SseKms(Optional.empty(), "", true),
                new EncryptionRequest.SseKms(Optional.of("k0"), "e30=", false),
                new EncryptionRequest.SseC(CUSTOMER));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void opensWhatItBegan(EncryptionRequest request) {
        ContentKey begun = keys.begin(request, OWNER);
        Encryption stored = stored(begun.encryption());
        assertThat(stored).isEqualTo(begun.encryption()).hasSameHashCodeAs(begun.encryption());
        Optional<CustomerKey> given =
                request instanceof EncryptionRequest.SseC(CustomerKey key) ? Optional.of(key) : Optional.empty();
        ByteBuffer plain = ByteBuffer.wrap(bytes(1000, 3));
        Sealed sealed = begun.cipher().encrypt(plain);
        assertThat(keys.open(stored, given, OWNER).cipher().decrypt(sealed.bytes(), sealed.salt()))
                .isEqualTo(plain);
    }

    @Test
    void hidesTheMd5OnlyFromWhoAskedForIt() {
        List<EncryptionRequest> requests = requests().toList();
        assertThat(etag(requests.get(0))).isEqualTo(HexFormat.of().formatHex(MD5));
        assertThat(etag(requests.get(1))).isEqualTo(HexFormat.of().formatHex(MD5));
        assertThat(etag(requests.get(2))).isEqualTo(HexFormat.of().formatHex(MD5));
        assertThat(etag(requests.get(3)))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(HexFormat.of().formatHex(MD5));
        assertThat(etag(requests.get(4)))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(HexFormat.of().formatHex(MD5));
    }

    @Test
    void aPartOfAnUploadHasTheMd5UnlessTheKeyIsTheCustomers() {
        Encryption kms = keys.begin(requests().toList().get(3), OWNER).encryption();
        assertThat(keys.open(kms, Optional.empty(), OWNER).cipher().etag(MD5))
                .isEqualTo(HexFormat.of().formatHex(MD5));
        ContentKey begun = keys.begin(new EncryptionRequest.SseC(CUSTOMER), OWNER);
        assertThat(keys.open(begun.encryption(), Optional.of(CUSTOMER), OWNER)
                        .cipher()
                        .etag(MD5))
                .isEqualTo(begun.cipher().etag(MD5));
    }

    @Test
    void asksForTheCustomersKeyAndNoOther() {
        Encryption stored =
                keys.begin(new EncryptionRequest.SseC(CUSTOMER), OWNER).encryption();
        refused(CosError.SSEC_DECRYPT_HEADER_INVALID, () -> keys.open(stored, Optional.empty(), OWNER));
        refused(CosError.SSEC_DECRYPT_HEADER_INVALID, () -> keys.open(stored, Optional.of(STRANGER), OWNER));
        Encryption own = keys.begin(new EncryptionRequest.SseCos(), OWNER).encryption();
        refused(CosError.INVALID_REQUEST, () -> keys.open(own, Optional.of(CUSTOMER), OWNER));
        refused(CosError.INVALID_REQUEST, () -> keys.open(new Encryption.None(), Optional.of(CUSTOMER), OWNER));
    }

    /** What HKDFExpand of Python's cryptography 48.0.0 makes of the same, and nothing of the key itself. */
    @Test
    void keepsOfTheCustomersKeyWhatIsDerivedOfIt() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        ContentKeys known = new ContentKeys(service("k1"), new FixedRandom("808182838485868788898a8b8c8d8e8f"));
        Encryption stored = known.begin(new EncryptionRequest.SseC(new CustomerKey(key, "")), OWNER)
                .encryption();
        RecordWriter out = new RecordWriter(1);
        stored.write(out);
        assertThat(HexFormat.of().formatHex(out.toBytes()))
                .isEqualTo("0103" + "10808182838485868788898a8b8c8d8e8f"
                        + "20d4f33f147694cb41ce878a4e72360e876860181d1eb15d77ae4887ad24487959");
        assertThat(stored).hasToString("SseC[]");
        assertThat(CUSTOMER).hasToString("CustomerKey[***]");
    }

    @Test
    void twoObjectsOfOneCustomerHaveTwoKeys() {
        ContentKey one = keys.begin(new EncryptionRequest.SseC(CUSTOMER), OWNER);
        ContentKey other = keys.begin(new EncryptionRequest.SseC(CUSTOMER), OWNER);
        Sealed sealed = one.cipher().encrypt(ByteBuffer.wrap(bytes(10, 4)));
        corrupt(() -> other.cipher().decrypt(sealed.bytes(), sealed.salt()));
    }

    @Test
    void aKeyOpensForItsOwnerOnly() {
        Encryption cos = keys.begin(new EncryptionRequest.SseCos(), OWNER).encryption();
        corrupt(() -> keys.open(cos, Optional.empty(), "b-1/dog.jpg"));
        Encryption.SseKms kms = (Encryption.SseKms)
                keys.begin(requests().toList().get(3), OWNER).encryption();
        corrupt(() -> keys.open(new Encryption.SseKms(kms.key(), ""), Optional.empty(), OWNER));
        corrupt(() -> keys.open(new Encryption.SseKms(kms.key(), "e30"), Optional.empty(), OWNER));
        corrupt(() -> keys.open(new Encryption.SseKms(kms.key(), ""), Optional.empty(), "e30=\n" + OWNER));
    }

    @Test
    void opensWhatAnEarlierMasterKeyWrapped() {
        ContentKey begun = keys.begin(new EncryptionRequest.SseCos(), OWNER);
        Sealed sealed = begun.cipher().encrypt(ByteBuffer.wrap(bytes(10, 5)));
        ContentKeys rotated = keys("k2", "k1", "k0");
        ContentCipher opened =
                rotated.open(begun.encryption(), Optional.empty(), OWNER).cipher();
        assertThat(opened.decrypt(sealed.bytes(), sealed.salt())).isEqualTo(ByteBuffer.wrap(bytes(10, 5)));
        assertThat(rotated.begin(new EncryptionRequest.SseCos(), OWNER).encryption())
                .isInstanceOfSatisfying(
                        Encryption.SseCos.class,
                        sse -> assertThat(sse.key().keyId()).isEqualTo("k2"));
    }

    @Test
    void anUnknownMasterKeyIsRefusedBeforeAnythingIsStored() {
        refused(
                CosError.KMS_KEY_NOT_EXIST,
                () -> keys.begin(new EncryptionRequest.SseKms(Optional.of("k9"), "", false), OWNER));
    }

    @Test
    void recordsThatCannotBeUnderstoodAreCorrupt() {
        corrupt(() ->
                Encryption.read(new RecordReader(new RecordWriter(1).number(4).toBytes(), 1)));
        corrupt(() -> Encryption.read(new RecordReader(
                new RecordWriter(1)
                        .number(3)
                        .bytes(new byte[15])
                        .bytes(new byte[32])
                        .toBytes(),
                1)));
        requests().forEach(request -> {
            RecordWriter out = new RecordWriter(1);
            keys.begin(request, OWNER).encryption().write(out);
            byte[] bytes = out.toBytes();
            for (int length = 1; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                corrupt(() -> Encryption.read(new RecordReader(cut, 1)));
            }
        });
    }

    private String etag(EncryptionRequest request) {
        return keys.begin(request, OWNER).cipher().etag(MD5);
    }

    private static Encryption stored(Encryption encryption) {
        RecordWriter out = new RecordWriter(1);
        encryption.write(out);
        return Encryption.read(new RecordReader(out.toBytes(), 1));
    }

    private ContentKeys keys(String... ids) {
        return new ContentKeys(service(ids), new SecureRandom());
    }

    private KeyService service(String... ids) {
        MasterKeys master = MasterKeyServiceTest.keys(ids);
        return new MasterKeyService(master, KeyRegister.open(engine, "system", master), new SecureRandom());
    }

    private static void refused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static void corrupt(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }
}
