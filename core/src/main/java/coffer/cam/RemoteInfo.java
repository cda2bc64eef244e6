package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A region of an account that is another store, without the secret key it is used with.
 *
 * @param appId the account it belongs to
 * @param region how the account calls it, unique there
 * @param endpoint http or https, host and perhaps port, nothing else
 * @param pathStyle whether requests name the bucket in the path, not before the host
 * @param signingRegion what signatures name, if the dialect has them name a region
 * @param secretId the key to sign with, public
 * @param created when the region was put first
 * @param sealedSecretKey the secret of the key, encrypted
 */
public record RemoteInfo(
        String appId,
        String region,
        URI endpoint,
        Dialect dialect,
        boolean pathStyle,
        String signingRegion,
        String secretId,
        Instant created,
        byte[] sealedSecretKey) {
    private static final int FORMAT = 1;

    /** What a store speaks. */
    public enum Dialect {
        /** The XML API of COS, with its signatures. */
        COS("cos"),
        /** The API of S3, with signatures of version 4. */
        S3("s3");

        private final String text;

        Dialect(String text) {
            this.text = text;
        }

        /** As requests and answers write it. */
        public String text() {
            return text;
        }

        /** The dialect of this name. */
        public static Optional<Dialect> of(String text) {
            return Arrays.stream(values())
                    .filter(dialect -> dialect.text.equals(text))
                    .findFirst();
        }
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(appId)
                .text(region)
                .text(endpoint.toString())
                .text(dialect.text)
                .number(pathStyle ? 1 : 0)
                .text(signingRegion)
                .text(secretId)
                .time(created)
                .bytes(sealedSecretKey)
                .toBytes();
    }

    static RemoteInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new RemoteInfo(
                in.text(),
                in.text(),
                URI.create(in.text()),
                Dialect.of(in.text()).orElseThrow(),
                in.number() == 1,
                in.text(),
                in.text(),
                in.time(),
                in.bytes());
    }

    @Override
    public String toString() {
        return region;
    }
}
