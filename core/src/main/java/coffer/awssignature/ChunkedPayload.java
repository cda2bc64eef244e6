package coffer.awssignature;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A body in the {@code aws-chunked} encoding: {@code <hex length>[;chunk-signature=<hex>]}, bytes, and so on, a chunk of
 * no bytes, perhaps trailing headers. Bytes are handed on as they come; a chunk that does not match its signature fails
 * the read that ends it, before anything is committed.
 */
final class ChunkedPayload implements RequestBody {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_LINE = 4096;
    private static final int MAX_TRAILERS = 16;
    private static final String SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final RequestBody raw;
    private final long decodedBytes;
    private final Optional<ChunkSigner> signer;
    private final Optional<String> announcedTrailer;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final MessageDigest digest = AwsHmac.newDigest();
    private final Map<String, String> trailers = new LinkedHashMap<>();

    private long handedOn;
    private long leftInChunk;
    private boolean inChunk;
    private String chunkSignature = "";
    private boolean ended;

    ChunkedPayload(
            RequestBody raw, long decodedBytes, Optional<ChunkSigner> signer, Optional<String> announcedTrailer) {
        this.raw = raw;
        this.decodedBytes = decodedBytes;
        this.signer = signer;
        this.announcedTrailer = announcedTrailer.map(name -> name.toLowerCase(Locale.ROOT));
    }

    @Override
    public long declaredBytes() {
        return decodedBytes;
    }

    @Override
    public int read(ByteBuffer target) {
        if (ended) {
            return -1;
        }
        if (!inChunk && !beginChunk()) {
            return -1;
        }
        int count = hand(target);
        handedOn += count;
        leftInChunk -= count;
        if (leftInChunk == 0) {
            endChunk();
        }
        return count;
    }

    @Override
    public void requireEnd() {
        if (!ended && (inChunk || beginChunk())) {
            throw CosError.INCOMPLETE_BODY.because("The body is longer than x-amz-decoded-content-length announced.");
        }
    }

    @Override
    public Optional<String> trailer(String name) {
        return Optional.ofNullable(trailers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Reads the head of a chunk; false after the last. */
    private boolean beginChunk() {
        String head = line();
        int semicolon = head.indexOf(';');
        leftInChunk = length(semicolon < 0 ? head : head.substring(0, semicolon));
        String extension = semicolon < 0 ? "" : head.substring(semicolon + 1).strip();
        chunkSignature = extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "";
        if (handedOn + leftInChunk > decodedBytes) {
            throw CosError.INCOMPLETE_BODY.because("The body is longer than x-amz-decoded-content-length announced.");
        }
        if (leftInChunk > 0) {
            inChunk = true;
            return true;
        }
        requireSignature();
        readTrailers();
        ended = true;
        if (handedOn != decodedBytes) {
            throw CosError.INCOMPLETE_BODY.because("The body is shorter than x-amz-decoded-content-length announced.");
        }
        return false;
    }

    private int hand(ByteBuffer target) {
        int wanted = (int) Math.min(target.remaining(), leftInChunk);
        ByteBuffer arrived = target.duplicate();
        int count;
        if (buffer.hasRemaining()) {
            count = Math.min(wanted, buffer.remaining());
            target.put(buffer.slice(buffer.position(), count));
            buffer.position(buffer.position() + count);
        } else {
            int limit = target.limit();
            target.limit(target.position() + wanted);
            count = raw.read(target);
            target.limit(limit);
            if (count < 0) {
                throw CosError.INCOMPLETE_BODY.exception();
            }
        }
        if (signer.isPresent()) {
            digest.update(arrived.limit(arrived.position() + count));
        }
        return count;
    }

    private void endChunk() {
        inChunk = false;
        if (!line().isEmpty()) {
            throw broken();
        }
        requireSignature();
    }

    private void requireSignature() {
        if (signer.isPresent()) {
            String expected = signer.get().chunk(HexFormat.of().formatHex(digest.digest()));
            if (!AwsHmac.equal(expected, chunkSignature)) {
                throw CosError.SIGNATURE_DOES_NOT_MATCH.because(
                        "The chunk of the body that ends at byte " + handedOn + " does not match its signature.");
            }
        }
    }

    private void readTrailers() {
        StringBuilder signed = new StringBuilder();
        for (String text = trailerLine(); !text.isEmpty(); text = trailerLine()) {
            int colon = text.indexOf(':');
            if (colon <= 0 || trailers.size() > MAX_TRAILERS) {
                throw broken();
            }
            String name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = text.substring(colon + 1).strip();
            trailers.put(name, value);
            if (!name.equals(TRAILER_SIGNATURE)) {
                signed.append(name).append(':').append(value).append('\n');
            }
        }
        announcedTrailer.filter(name -> !trailers.containsKey(name)).ifPresent(name -> {
            throw CosError.MALFORMED_TRAILER_ERROR.because(
                    "The trailer " + name + " was announced but did not arrive.");
        });
        if (signer.isPresent() && announcedTrailer.isPresent()) {
            String signature = trailer(TRAILER_SIGNATURE).orElse("");
            if (!AwsHmac.equal(signer.get().trailer(signed.toString()), signature)) {
                throw CosError.SIGNATURE_DOES_NOT_MATCH.because(
                        "The trailer of the body does not match its signature.");
            }
        }
    }

    /** Some clients leave the last empty line out. */
    private String trailerLine() {
        return hasMore() ? line() : "";
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        while (hasMore()) {
            char c = (char) (buffer.get() & 0xff);
            if (c == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            line.append(c);
            if (line.length() > MAX_LINE) {
                throw broken();
            }
        }
        throw CosError.INCOMPLETE_BODY.exception();
    }

    private boolean hasMore() {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        int count = raw.read(buffer);
        buffer.flip();
        return count > 0;
    }

    private static long length(String hex) {
        try {
            long length = Long.parseLong(hex.strip(), 16);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // the same error as a negative number
        }
        throw broken();
    }

    private static CosException broken() {
        return CosError.INVALID_REQUEST.because(
                "The body is not in the aws-chunked encoding that the request announces.");
    }
}
