package coffer.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
    private static final String TYPE = "multipart/form-data; boundary=xyz";

    @Test
    void givesTheFieldsByLowerCaseNameAndThenTheFile() {
        Form form =
                read(field("Key", "docs/ä.txt") + field("x-cos-meta-A", "") + file("a.txt", "text") + "--xyz--\r\n");
        assertThat(form.fields()).containsEntry("key", "docs/ä.txt").containsEntry("x-cos-meta-a", "");
        assertThat(form.filename()).isEqualTo("a.txt");
        assertThat(contents(form)).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 1000})
    void readsTheSameHoweverTheBytesArrive(int chunk) {
        String text = "preamble\r\n" + field("key", "k") + file("f", "lookalikes \r\n--xy \r--xyz \n--xyz \r\n-- end")
                + "--xyz--";
        Form form = FormReader.read(new ChunkedBody(text.getBytes(UTF_8), chunk), TYPE);
        assertThat(form.fields()).containsEntry("key", "k");
        assertThat(contents(form)).isEqualTo("lookalikes \r\n--xy \r--xyz \n--xyz \r\n-- end");
    }

    @Test
    void readsAFileLargerThanAnyBuffer() {
        byte[] bytes = new byte[1 << 20];
        new Random(3).nextBytes(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (field("key", "k") + "--xyz\r\nContent-Disposition: form-data; name=file\r\n\r\n").getBytes(UTF_8));
        out.writeBytes(bytes);
        out.writeBytes("\r\n--xyz--\r\n".getBytes(UTF_8));
        Form form = FormReader.read(new ChunkedBody(out.toByteArray(), 8191), TYPE);
        assertThat(form.filename()).isEmpty();
        assertThat(bytes(form)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data; boundary=\"xyz\"", "Multipart/Form-Data;BOUNDARY=xyz ; charset=utf-8"})
    void findsTheBoundaryHoweverItIsWritten(String type) {
        Form form = FormReader.read(body(field("key", "k") + file("f", "") + "--xyz--"), type);
        assertThat(form.fields()).containsEntry("key", "k");
        assertThat(contents(form)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/mixed; boundary=xyz"
            })
    void refusesOtherContentTypes(String type) {
        assertRefused(
                CosError.MALFORMED_POST_REQUEST, () -> FormReader.read(body(file("f", "text") + "--xyz--"), type));
    }

    @Test
    void ignoresWhatFollowsTheFile() {
        Form form = read(file("f", "text") + field("key", "late") + "--xyz--");
        assertThat(form.fields()).isEmpty();
        assertThat(contents(form)).isEqualTo("text");
    }

    @Test
    void refusesAFormWithoutAFile() {
        assertRefused(CosError.INCORRECT_NUMBER_OF_FILES, () -> read(field("key", "k") + "--xyz--\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no parts at all", "--xyz", "--xyz\r\n", "--xyz\r\nContent-Type: a/b\r\n\r\nx\r\n--xyz--"})
    void refusesWhatIsNoForm(String text) {
        assertRefused(CosError.MALFORMED_POST_REQUEST, () -> read(text));
    }

    @Test
    void refusesAFileThatBreaksOff() {
        Form form = read(file("f", "text").replace("\r\ntext\r\n", "\r\ntext"));
        assertRefused(CosError.MALFORMED_POST_REQUEST, () -> bytes(form));
    }

    @Test
    void refusesFieldsThatAreTooLargeTogether() {
        String fields = field("a", "x".repeat(12_000)) + field("b", "x".repeat(12_000));
        assertRefused(CosError.MALFORMED_POST_REQUEST, () -> read(fields + file("f", "") + "--xyz--"));
        String headers = "--xyz\r\nContent-Disposition: form-data; name=\"" + "n".repeat(10_000) + "\"\r\n\r\nv\r\n";
        assertRefused(CosError.MALFORMED_POST_REQUEST, () -> read(headers + file("f", "") + "--xyz--"));
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(20260203);
        byte[] form = (field("key", "k") + file("f", "text") + "--xyz--").getBytes(UTF_8);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = form.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                bytes(FormReader.read(new ChunkedBody(broken, 1 + random.nextInt(40)), TYPE));
            } catch (CosException e) {
                assertThat(e.error().status()).isEqualTo(400);
            }
        }
    }

    private static void assertRefused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static String field(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String contents) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + contents + "\r\n";
    }

    private static Form read(String text) {
        return FormReader.read(body(text), TYPE);
    }

    private static RequestBody body(String text) {
        return new ChunkedBody(text.getBytes(UTF_8), Integer.MAX_VALUE);
    }

    private static String contents(Form form) {
        return new String(bytes(form), UTF_8);
    }

    private static byte[] bytes(Form form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
        while (form.file().read(buffer) >= 0) {
            byte[] read = new byte[buffer.flip().remaining()];
            buffer.get(read).clear();
            out.writeBytes(read);
        }
        return out.toByteArray();
    }

    /** A body that arrives in pieces. */
    private record ChunkedBody(ByteBuffer bytes, int chunk) implements RequestBody {
        ChunkedBody(byte[] bytes, int chunk) {
            this(ByteBuffer.wrap(bytes), chunk);
        }

        @Override
        public long declaredBytes() {
            return -1;
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(Math.min(chunk, target.remaining()), bytes.remaining());
            if (!bytes.hasRemaining()) {
                return -1;
            }
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }
    }
}
