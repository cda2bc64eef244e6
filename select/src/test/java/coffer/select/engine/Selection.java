package coffer.select.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.request.Protocol;
import coffer.select.InputFormat;
import coffer.select.OutputFormat;
import coffer.select.SelectInput;
import coffer.select.SelectOutput;
import coffer.select.SelectRequest;
import coffer.select.SelectRequest.Compression;
import coffer.select.SelectRequest.ScanRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A query on bytes in memory.
 *
 * @param object what is queried
 */
record Selection(
        byte[] object, InputFormat input, Compression compression, OutputFormat output, Optional<ScanRange> range) {
    static final OutputFormat CSV = new OutputFormat.Csv(false, "\n", ',', '"', '"');
    static final OutputFormat JSON = new OutputFormat.Json("\n");
    private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

    static Selection of(byte[] object, InputFormat input) {
        return new Selection(object, input, Compression.NONE, CSV, Optional.empty());
    }

    static Selection csv(String object) {
        return of(object.getBytes(UTF_8), csv(InputFormat.Header.NONE));
    }

    static Selection named(String object) {
        return of(object.getBytes(UTF_8), csv(InputFormat.Header.USE));
    }

    static Selection json(String object) {
        return of(object.getBytes(UTF_8), new InputFormat.Json(true)).to(JSON);
    }

    static Selection resource(String name) {
        try (InputStream in = Selection.class.getResourceAsStream("/" + name)) {
            return of(in.readAllBytes(), new InputFormat.Parquet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputFormat csv(InputFormat.Header header) {
        return new InputFormat.Csv(header, "\n", ',', Optional.of('"'), '"', Optional.of('#'), false);
    }

    Selection as(InputFormat other) {
        return new Selection(object, other, compression, output, range);
    }

    Selection as(Compression other) {
        return new Selection(object, input, other, output, range);
    }

    Selection to(OutputFormat other) {
        return new Selection(object, input, compression, other, range);
    }

    Selection within(Optional<Long> start, Optional<Long> end) {
        return new Selection(object, input, compression, output, Optional.of(new ScanRange(start, end)));
    }

    /** What is selected, as text. */
    String select(String query) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        SelectRequest request = new SelectRequest(Protocol.COS, query, compression, input, output, false, range);
        new SqlEngine().prepare(request, NOW).run(new Input(object), new Output(result));
        return result.toString(UTF_8);
    }

    /** What is selected, line by line. */
    List<String> lines(String query) {
        return select(query).lines().toList();
    }

    private record Input(byte[] object) implements SelectInput {
        @Override
        public long lengthBytes() {
            return object.length;
        }

        /** As little as a store may give at once. */
        @Override
        public int read(long offset, ByteBuffer target) {
            int count = (int) Math.min(target.remaining(), object.length - offset);
            target.put(object, (int) offset, count);
            return count;
        }
    }

    private record Output(ByteArrayOutputStream result) implements SelectOutput {
        @Override
        public void write(byte[] bytes, int offset, int lengthBytes) {
            result.write(bytes, offset, lengthBytes);
        }

        @Override
        public void check() {
            // goes on
        }

        @Override
        public void processed(long totalBytes) {
            // of no interest
        }
    }
}
