package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disk that forgets: what readers are told, what the log says, what a check of the stopped server finds. */
class DamageIT {
    private static final String BUCKET = "damaged-1250000000";

    private final Path folder = Scratch.directory("damage-").resolve("data");
    private final CofferProcess server = CofferProcess.start(folder, Map.of("COFFER_SCRUB_RATE", "0"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void isAnsweredWithAnErrorNamedInTheLogAndFoundByVerify() {
        bucket.put("whole", "as it was written");
        bucket.put("a/small", "seven seals and more");
        bucket.put("a/large", "lots of words. ".repeat(100_000));
        stopped();
        CofferProcess.Ended before = CofferProcess.verify(folder);
        assertThat(before.output()).contains("checked 1 buckets, 3 objects", "everything is as it should be");
        assertThat(before.exitCode()).isZero();
        damage("log", "seven seals");
        damage("blobs", "words");

        server.startAgain();
        CosServiceException refused = catchThrowableOfType(CosServiceException.class, () -> bucket.text("a/small"));
        assertThat(refused.getStatusCode()).isEqualTo(500);
        assertThat(refused.getErrorCode()).isEqualTo("InternalError");
        assertThat(refused.getErrorMessage()).doesNotContain("stored body");
        assertThat(server.log()).contains("DAMAGED: " + BUCKET + "/a/small");
        assertThat(bucket.text("whole")).isEqualTo("as it was written");
        stopped();

        CofferProcess.Ended after = CofferProcess.verify(folder, "--repair");
        assertThat(after.exitCode()).isEqualTo(1);
        assertThat(after.output())
                .contains("LOSS         " + BUCKET + "/a/small: ")
                .contains("LOSS         " + BUCKET + "/a/large: ")
                .doesNotContain("/whole");
    }

    @Test
    void isFoundByTheScrubber() {
        bucket.put("small", "seven seals and more");
        stopped();
        damage("log", "seven seals");
        try (CofferProcess scrubbing = CofferProcess.start(folder)) {
            long end = System.nanoTime() + 30_000_000_000L;
            while (!scrubbing.log().contains("DAMAGED: " + BUCKET + "/small") && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(scrubbing.log()).contains("DAMAGED: " + BUCKET + "/small");
        }
    }

    private void stopped() {
        server.askToStop();
        assertThat(server.exitCode()).isZero();
    }

    private void damage(String within, String text) {
        try (Stream<Path> files = Files.walk(folder.resolve(within))) {
            List<Path> regular = files.filter(Files::isRegularFile).toList();
            for (Path file : regular) {
                int at = Files.readString(file, ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap("#".getBytes(UTF_8)), at);
                    }
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("it is not there: " + text);
    }
}
