package coffer.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that S3 clients may choose from. Source: S3 docs, "Checking object integrity". */
public enum ChecksumAlgorithm {
    CRC32(4, new CrcJoin(0xEDB88320L, 32)),
    CRC32C(4, new CrcJoin(0x82F63B78L, 32)),
    CRC64NVME(8, new CrcJoin(Crc64Nvme.POLYNOMIAL, 64)),
    SHA1(20),
    SHA256(32);

    private final int bytes;
    private final Optional<CrcJoin> join;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
        this.join = Optional.empty();
    }

    ChecksumAlgorithm(int bytes, CrcJoin join) {
        this.bytes = bytes;
        this.join = Optional.of(join);
    }

    /** The algorithm of this name, in any case. */
    public static Optional<ChecksumAlgorithm> of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** How many bytes a value has. */
    public int bytes() {
        return bytes;
    }

    /** Whether the value of a whole can be computed of those of its parts. */
    public boolean isJoinable() {
        return join.isPresent();
    }

    /** {@code crc32}, as headers end. */
    public String headerSuffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code ChecksumCRC32}, as documents call it. */
    public String element() {
        return "Checksum" + name();
    }

    /** Begins a value. */
    public Hash begin() {
        return switch (this) {
            case CRC32 -> new Crc(CRC32::new, bytes);
            case CRC32C -> new Crc(CRC32C::new, bytes);
            case CRC64NVME -> new Crc(Crc64Nvme::new, bytes);
            case SHA1 -> new Digest("SHA-1");
            case SHA256 -> new Digest("SHA-256");
        };
    }

    /**
     * The value of two stretches one after the other.
     *
     * @throws IllegalStateException if they cannot be joined
     */
    byte[] join(byte[] first, byte[] second, long secondBytes) {
        long joined = join.orElseThrow(() -> new IllegalStateException(this + " cannot be joined"))
                .join(number(first), number(second), secondBytes);
        return octets(joined, bytes);
    }

    private static long number(byte[] octets) {
        long number = 0;
        for (byte octet : octets) {
            number = number << 8 | (octet & 0xff);
        }
        return number;
    }

    private static byte[] octets(long number, int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (number >>> (8 * (count - 1 - i)));
        }
        return octets;
    }

    /** A value under way. Not thread-safe. */
    public interface Hash {
        /** Adds what is left of a buffer. */
        void update(ByteBuffer bytes);

        /** The value, once everything was added. */
        byte[] value();
    }

    private static final class Crc implements Hash {
        private final Checksum crc;
        private final int bytes;

        Crc(Supplier<Checksum> begin, int bytes) {
            this.crc = begin.get();
            this.bytes = bytes;
        }

        @Override
        public void update(ByteBuffer more) {
            crc.update(more);
        }

        @Override
        public byte[] value() {
            return octets(crc.getValue(), bytes);
        }
    }

    private static final class Digest implements Hash {
        private final MessageDigest digest;

        Digest(String name) {
            try {
                digest = MessageDigest.getInstance(name);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + name, e);
            }
        }

        @Override
        public void update(ByteBuffer bytes) {
            digest.update(bytes);
        }

        @Override
        public byte[] value() {
            return digest.digest();
        }
    }
}
