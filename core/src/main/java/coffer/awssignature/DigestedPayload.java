package coffer.awssignature;

import coffer.api.CosError;
import coffer.api.RequestBody;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A body whose SHA-256 is signed. */
final class DigestedPayload implements RequestBody {
    private final RequestBody raw;
    private final String expected;
    private final MessageDigest digest = AwsHmac.newDigest();
    private boolean ended;

    DigestedPayload(RequestBody raw, String expected) {
        this.raw = raw;
        this.expected = expected;
    }

    @Override
    public long declaredBytes() {
        return raw.declaredBytes();
    }

    @Override
    public int read(ByteBuffer target) {
        ByteBuffer arrived = target.duplicate();
        int count = raw.read(target);
        if (count < 0) {
            requireEnd();
        } else {
            digest.update(arrived.limit(target.position()));
        }
        return count;
    }

    @Override
    public void requireEnd() {
        if (ended) {
            return;
        }
        ended = true;
        raw.requireEnd();
        if (!AwsHmac.equal(HexFormat.of().formatHex(digest.digest()), expected)) {
            throw CosError.X_AMZ_CONTENT_SHA256_MISMATCH.exception();
        }
    }
}
