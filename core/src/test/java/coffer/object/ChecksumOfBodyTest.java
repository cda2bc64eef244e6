package coffer.object;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import coffer.encryption.ContentKey;
import coffer.store.memory.MemoryEngine;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checksums of bodies that stay in memory, and of those that go into a blob. */
class ChecksumOfBodyTest {
    private static final int MOST_IN_MEMORY = 512 * 1024;

    private final MemoryEngine engine = new MemoryEngine();
    private final BodyReceiver receiver = new BodyReceiver(engine, MOST_IN_MEMORY, 64 * 1024 * 1024);

    @ParameterizedTest
    @CsvSource({
        "CRC32, 0",
        "CRC32, 1000",
        "CRC32C, 3000000",
        "CRC64NVME, 3000000",
        "SHA1, 1000",
        "SHA256, 3000000",
    })
    void areVerifiedAndKept(ChecksumAlgorithm algorithm, int bytes) {
        byte[] body = "x".repeat(bytes).getBytes(US_ASCII);
        ChecksumAlgorithm.Hash hash = algorithm.begin();
        hash.update(ByteBuffer.wrap(body));
        String value = Base64.getEncoder().encodeToString(hash.value());
        assertThat(receive(body, algorithm, value))
                .contains(new ObjectChecksum(algorithm, ObjectChecksum.Type.FULL_OBJECT, value));
    }

    @ParameterizedTest
    @CsvSource({"CRC32, 1000", "CRC64NVME, 3000000", "SHA256, 3000000"})
    void leaveNothingBehindWhereTheyDiffer(ChecksumAlgorithm algorithm, int bytes) {
        byte[] body = "x".repeat(bytes).getBytes(US_ASCII);
        String wrong = Base64.getEncoder().encodeToString(new byte[algorithm.bytes()]);
        assertThat(catchThrowableOfType(CosException.class, () -> receive(body, algorithm, wrong))
                        .error())
                .isEqualTo(CosError.BAD_DIGEST);
        assertThat(engine.blobCount()).isZero();
    }

    private Optional<ObjectChecksum> receive(byte[] body, ChecksumAlgorithm algorithm, String value) {
        Headers headers = Headers.of("x-cos-checksum-" + algorithm.headerSuffix(), value);
        return receiver.receive(
                new Bytes(ByteBuffer.wrap(body)),
                BodyReceiver.Expectation.of(headers),
                true,
                ContentKey.NONE,
                Received::checksum);
    }

    private record Bytes(ByteBuffer left) implements RequestBody {
        @Override
        public long declaredBytes() {
            return left.capacity();
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(left.remaining(), target.remaining());
            target.put(left.slice(left.position(), count));
            left.position(left.position() + count);
            return count == 0 ? -1 : count;
        }
    }
}
