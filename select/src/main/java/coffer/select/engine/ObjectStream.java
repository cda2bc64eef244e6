package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.SelectInput;
import coffer.select.SelectRequest.Compression;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The bytes of an object from a place on, one after another. Not thread-safe. */
final class ObjectStream extends InputStream {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final SelectInput input;
    private long at;

    ObjectStream(SelectInput input, long from) {
        this.input = input;
        this.at = from;
    }

    /**
     * An object as it was before it was compressed.
     *
     * @return a stream that fails with what {@link #failed} makes an error of
     */
    static InputStream open(SelectInput input, Compression compression) {
        InputStream stored = new BufferedInputStream(new ObjectStream(input, 0), BUFFER_BYTES);
        try {
            return switch (compression) {
                case NONE -> new ObjectStream(input, 0);
                case GZIP -> new GZIPInputStream(stored, BUFFER_BYTES);
                case BZIP2 -> new BZip2CompressorInputStream(stored, true);
            };
        } catch (IOException e) {
            throw failed(compression, e);
        }
    }

    /** The error that a stream has failed with; the store's own come through as they are. */
    static CosException failed(Compression compression, IOException e) {
        String reason = e instanceof EOFException ? "it ends early" : String.valueOf(e.getMessage());
        return switch (compression) {
            case GZIP -> CosError.GZIP_DECOMPRESS_ERROR.because("The object is not what gzip makes: " + reason + ".");
            case BZIP2 ->
                CosError.BZIP2_DECOMPRESS_ERROR.because("The object is not what bzip2 makes: " + reason + ".");
            case NONE -> throw new UncheckedIOException(e);
        };
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int count = input.read(at, ByteBuffer.wrap(target, offset, length));
        at += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    /** Whoever looks for a second stream behind a compressed one asks for this. */
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, input.lengthBytes() - at);
    }
}
