package coffer.request;

import coffer.api.CosError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Reads the body of a request that carries a document. */
final class DocumentBody {
    private DocumentBody() {}

    static byte[] read(CosRequest request, int maxBytes, CosError tooLong) {
        Optional<byte[]> expectedMd5 = request.headers().nonEmpty("Content-MD5").map(Digests::contentMd5);
        if (request.body().declaredBytes() > maxBytes) {
            throw tooLong.exception();
        }
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (request.body().read(buffer) >= 0) {
            if (!buffer.hasRemaining()) {
                if (buffer.capacity() > maxBytes) {
                    throw tooLong.exception();
                }
                buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
            }
        }
        byte[] document = Arrays.copyOf(buffer.array(), buffer.position());
        if (document.length == 0) {
            throw CosError.MISSING_REQUEST_BODY.exception();
        }
        if (document.length > maxBytes) {
            throw tooLong.exception();
        }
        if (expectedMd5.isPresent()
                && !MessageDigest.isEqual(expectedMd5.get(), Digests.md5().digest(document))) {
            throw CosError.BAD_DIGEST.exception();
        }
        return document;
    }
}
