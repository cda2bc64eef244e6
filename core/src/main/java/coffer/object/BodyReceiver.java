package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.Crc64;
import coffer.checksum.ExpectedChecksum;
import coffer.checksum.ObjectChecksum;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentWriter;
import coffer.encryption.Sealed;
import coffer.request.Digests;
import coffer.store.BlobStore;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the body of a write in, hashing and perhaps encrypting it on the way: short ones into memory, to be committed with
 * their row, longer ones into a blob. What all bodies take of the memory is bounded. Thread-safe.
 */
public final class BodyReceiver {
    /** The largest PUT, POST, append or part: 5 GB. Source: COS docs, "Specifications and Limits". */
    public static final long MAX_BYTES = 5L * 1024 * 1024 * 1024;

    /** Buffers of a body that goes into a blob: larger ones make it no faster, smaller ones slower. */
    private static final int MOST_BUFFER_BYTES = 1024 * 1024;

    private static final int LEAST_BUFFER_BYTES = 64 * 1024;

    private final BlobStore blobs;
    private final int maxTailBytes;
    private final BodyMemory memory;

    /**
     * Receives bodies.
     *
     * @param maxTailBytes bodies up to this length are kept in memory for the commit
     * @param memoryBytes how much memory all bodies may take together
     */
    public BodyReceiver(BlobStore blobs, int maxTailBytes, long memoryBytes) {
        this.memory = new BodyMemory(memoryBytes);
        this.blobs = blobs;
        this.maxTailBytes = maxTailBytes;
    }

    /**
     * Digests that the client announced and the body must match.
     *
     * @param md5 16 bytes
     * @param sha1 20 bytes
     * @param crc64 CRC-64/XZ as unsigned decimal
     * @param checksum one of the others that S3 clients may choose, said or to be computed
     */
    public record Expectation(
            Optional<byte[]> md5, Optional<byte[]> sha1, Optional<String> crc64, Optional<ExpectedChecksum> checksum) {
        /** Nothing announced. */
        public static final Expectation NONE =
                new Expectation(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /**
         * Reads Content-MD5, x-cos-content-sha1 and the checksums of S3 clients.
         *
         * @throws CosException {@code InvalidDigest}, {@code InvalidSHA1Digest}, {@code InvalidRequest}
         */
        public static Expectation of(Headers headers) {
            return new Expectation(
                    headers.nonEmpty("Content-MD5").map(Digests::contentMd5),
                    headers.nonEmpty("x-cos-content-sha1").map(Expectation::sha1),
                    headers.nonEmpty("x-cos-hash-crc64ecma"),
                    ExpectedChecksum.of(headers));
        }

        /** Nothing announced, but perhaps a checksum to compute. */
        public static Expectation computing(Optional<ChecksumAlgorithm> algorithm) {
            return NONE.with(algorithm);
        }

        /** The same; if no checksum is announced, one of this algorithm is computed. */
        public Expectation with(Optional<ChecksumAlgorithm> algorithm) {
            return new Expectation(md5, sha1, crc64, checksum.or(() -> algorithm.map(ExpectedChecksum::toCompute)));
        }

        private static byte[] sha1(String hex) {
            try {
                byte[] digest = HexFormat.of().parseHex(hex);
                if (digest.length == 20) {
                    return digest;
                }
            } catch (IllegalArgumentException e) {
                // not hex: the same error as the wrong length
            }
            throw CosError.INVALID_SHA1_DIGEST.exception();
        }
    }

    /**
     * Reads a body to its end and lets it be used; its memory is given back then.
     *
     * @param body announced or chunked
     * @param expectation what it must match
     * @param inlineAllowed whether a short body may stay in memory; a part goes into a blob whatever its length
     * @param key how it is to be kept; digests are of the body as it came
     * @param use called once with the whole body
     * @return what {@code use} makes of it
     * @throws CosException {@code EntityTooLarge}, {@code IncompleteBody}, {@code BadDigest}, {@code InvalidSHA1Digest},
     *     {@code SlowDown}; nothing is left behind then
     */
    public <T> T receive(
            RequestBody body,
            Expectation expectation,
            boolean inlineAllowed,
            ContentKey key,
            Function<Received, T> use) {
        long declared = body.declaredBytes();
        if (declared > MAX_BYTES) {
            throw CosError.ENTITY_TOO_LARGE.exception();
        }
        int maxTail = (int) key.cipher().mostPlainBytes(maxTailBytes);
        boolean inline = inlineAllowed && declared <= maxTail;
        int tailBytes = declared >= 0 ? (int) declared : maxTail;
        int copies = key.encryption().isNone() ? 0 : 1;
        try (BodyMemory.Share share = inline
                ? memory.take((declared >= 0 ? 1 : 2) + copies, tailBytes, tailBytes, 0)
                : memory.take(
                        2, MOST_BUFFER_BYTES, LEAST_BUFFER_BYTES, key.cipher().writerBytes())) {
            return use.apply(receive(body, expectation, inline, key, share.bytes()));
        }
    }

    private Received receive(
            RequestBody body, Expectation expectation, boolean inline, ContentKey key, int bufferBytes) {
        long declared = body.declaredBytes();
        Hashes hashes = new Hashes(expectation);
        ByteBuffer buffer = ByteBuffer.allocate(bufferBytes);
        if (inline && fill(body, hashes, buffer, declared)) {
            body.requireEnd();
            ByteBuffer tail = buffer.flip();
            hashes.check(expectation, body);
            if (!tail.hasRemaining()) {
                return received(Content.of(List.of(), key.encryption()), Optional.empty(), key, hashes);
            }
            int length = tail.remaining();
            Sealed sealed = key.cipher().encrypt(tail);
            Content content = Content.tail(length, sealed.salt(), key.encryption());
            return received(content, Optional.of(sealed.bytes()), key, hashes);
        }
        return stream(body, expectation, hashes, key, buffer, declared);
    }

    private static Received received(Content content, Optional<ByteBuffer> tail, ContentKey key, Hashes hashes) {
        return new Received(
                content, tail, hashes.md5(), hashes.crc64(), key.cipher().etag(hashes.md5()), hashes.checksum());
    }

    /** Reads until the body ends ({@code true}) or the buffer is full and more may follow. */
    private static boolean fill(RequestBody body, Hashes hashes, ByteBuffer buffer, long declared) {
        while (buffer.hasRemaining()) {
            if (!read(body, hashes, buffer)) {
                return true;
            }
        }
        return declared == buffer.position();
    }

    private static boolean read(RequestBody body, Hashes hashes, ByteBuffer buffer) {
        int from = buffer.position();
        int count = body.read(buffer);
        if (count > 0) {
            hashes.update(buffer.duplicate().flip().position(from));
        }
        return count >= 0;
    }

    private Received stream(
            RequestBody body, Expectation expectation, Hashes hashes, ContentKey key, ByteBuffer begun, long declared) {
        Extent extent;
        long size = 0;
        long stored = key.cipher().storedBytes(Math.max(declared, 0));
        try (ContentWriter writer = key.cipher().encrypt(blobs.create(stored));
                BlobPipe pipe = new BlobPipe(writer, hashes.crc64, begun.capacity())) {
            ByteBuffer buffer = begun;
            int known = begun.position();
            boolean more = true;
            while (more) {
                while (more && buffer.hasRemaining()) {
                    more = body.read(buffer) >= 0;
                }
                buffer.flip();
                size += buffer.remaining();
                if (size > MAX_BYTES) {
                    throw CosError.ENTITY_TOO_LARGE.exception();
                }
                pipe.put(buffer, known);
                hashes.updateDigests(buffer.duplicate().position(known));
                buffer = more ? pipe.spare() : buffer;
                known = 0;
            }
            pipe.await();
            hashes.check(expectation, body);
            if (size == 0) {
                return received(Content.of(List.of(), key.encryption()), Optional.empty(), key, hashes);
            }
            extent = new Extent(writer.finish(), size, writer.salt());
        }
        return received(Content.of(List.of(extent), key.encryption()), Optional.empty(), key, hashes);
    }

    /** Gives up what was received. */
    public void discard(Received received) {
        received.blobs().forEach(blobs::discard);
    }

    /** The hashes of a body under way. */
    private static final class Hashes {
        private final MessageDigest md5 = Digests.md5();
        private final Optional<MessageDigest> sha1;
        private final Crc64 crc64 = new Crc64();
        private final Optional<ChecksumAlgorithm.Hash> chosen;
        private Optional<ObjectChecksum> checksum = Optional.empty();
        private byte[] md5Value = new byte[0];

        Hashes(Expectation expectation) {
            sha1 = expectation.sha1.isPresent() ? Optional.of(Digests.sha1()) : Optional.empty();
            chosen = expectation.checksum.map(expected -> expected.algorithm().begin());
        }

        void update(ByteBuffer bytes) {
            updateDigests(bytes.duplicate());
            crc64.update(bytes);
        }

        /** All but the CRC-64. */
        void updateDigests(ByteBuffer bytes) {
            md5.update(bytes.duplicate());
            sha1.ifPresent(digest -> digest.update(bytes.duplicate()));
            chosen.ifPresent(hash -> hash.update(bytes.duplicate()));
        }

        void check(Expectation expectation, RequestBody body) {
            if (expectation.md5.isPresent() && !MessageDigest.isEqual(expectation.md5.get(), md5())) {
                throw CosError.BAD_DIGEST.exception();
            }
            if (expectation.sha1.isPresent()
                    && !MessageDigest.isEqual(
                            expectation.sha1.get(), sha1.orElseThrow().digest())) {
                throw CosError.INVALID_SHA1_DIGEST.exception();
            }
            if (expectation.crc64.isPresent() && !expectation.crc64.get().equals(Long.toUnsignedString(crc64()))) {
                throw CosError.BAD_DIGEST.because("The x-cos-hash-crc64ecma you specified did not match the body.");
            }
            checksum = expectation.checksum.map(
                    expected -> expected.check(chosen.orElseThrow().value(), body));
        }

        Optional<ObjectChecksum> checksum() {
            return checksum;
        }

        byte[] md5() {
            if (md5Value.length == 0) {
                md5Value = md5.digest();
            }
            return md5Value;
        }

        long crc64() {
            return crc64.value();
        }
    }
}
