package coffer.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The bodies of objects: windows of one random block, so that each object differs and none has to be made anew.
 * Thread-safe.
 */
final class Payload {
    private static final int STEP = 61;
    private static final int WINDOWS = 4096;

    private final ByteBuf block;
    private final int sizeBytes;
    private final Map<Integer, String> etags = new ConcurrentHashMap<>();

    Payload(int sizeBytes) {
        this.sizeBytes = sizeBytes;
        byte[] random = new byte[sizeBytes + STEP * WINDOWS];
        new Random(sizeBytes).nextBytes(random);
        this.block = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(random.length).writeBytes(random).asReadOnly());
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /** The body of the object with this number. */
    ByteBuf body(int object) {
        return block.slice(STEP * (object % WINDOWS), sizeBytes);
    }

    /** The CRC-32C of that body. */
    int crc(int object) {
        return crc(body(object).nioBuffer());
    }

    /** The MD5 of that body in hex, computed once. */
    String etag(int object) {
        return etags.computeIfAbsent(object % WINDOWS, _ -> {
            try {
                MessageDigest md5 = MessageDigest.getInstance("MD5");
                md5.update(body(object).nioBuffer());
                return HexFormat.of().formatHex(md5.digest());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
