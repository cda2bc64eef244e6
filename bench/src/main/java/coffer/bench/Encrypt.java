package coffer.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How a bucket encrypts what its writers say nothing of: so requests are the same with and without. */
enum Encrypt {
    SSE_COS("AES256"),
    SSE_KMS("KMS");

    private final String algorithm;

    Encrypt(String algorithm) {
        this.algorithm = algorithm;
    }

    /** Asks the bucket for it. Source: COS API reference, "PUT Bucket encryption". */
    Shot shot(Target target) {
        ByteBuf document = Unpooled.copiedBuffer(
                "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>"
                        + algorithm
                        + "</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
                StandardCharsets.UTF_8);
        return Shot.of(target.head("PUT", "", new TreeMap<>(Map.of("encryption", "")), document.readableBytes()))
                .with(document);
    }

    /** As it is given on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
