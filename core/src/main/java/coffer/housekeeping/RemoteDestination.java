package coffer.housekeeping;

import coffer.api.CosException;
import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.event.ObjectEvent;
import coffer.object.Attributes;
import coffer.object.ObjectVersion;
import coffer.object.PieceBody;
import coffer.object.Replicas;
import coffer.object.StorageClass;
import coffer.object.StoredObject;
import coffer.outbound.OutboundException;
import coffer.remote.RemoteBucket;
import coffer.s3.S3StorageClass;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket of another store. It gives versions ids of its own, so each copy carries in its metadata which write it is a copy
 * of, and is looked for before it is made.
 */
final class RemoteDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteDestination.class);

    /** Behind the prefix for metadata. */
    private static final String REPLICA_OF = "coffer-replica-of";

    private final Replicas replicas;
    private final RemoteBucket bucket;
    private final Optional<StorageClass> storageClass;

    RemoteDestination(Replicas replicas, RemoteBucket bucket, Optional<StorageClass> storageClass) {
        this.replicas = replicas;
        this.bucket = bucket;
        this.storageClass = storageClass;
    }

    @Override
    public Outcome copy(Bucket from, StoredObject source) {
        ObjectVersion version = source.version();
        try {
            boolean isThere = bucket.head(source.key())
                    .headers()
                    .first(bucket.header("meta-" + REPLICA_OF))
                    .filter(version.writeId()::equals)
                    .isPresent();
            if (isThere) {
                return Outcome.DONE;
            }
            Optional<PieceBody> body = replicas.open(from, source);
            if (body.isEmpty()) {
                return Outcome.LATER;
            }
            try (PieceBody bytes = body.get()) {
                return outcome(source.key(), bucket.put(source.key(), headers(version), bytes, md5(version)));
            }
        } catch (OutboundException e) {
            return later(source.key(), String.valueOf(e.getMessage()));
        } catch (CosException e) {
            LOG.info("{} cannot be copied: {}", source.key(), e.message());
            return Outcome.IMPOSSIBLE;
        }
    }

    private List<Headers.Header> headers(ObjectVersion version) {
        Attributes attributes = version.attributes();
        List<Headers.Header> headers = new ArrayList<>();
        attributes
                .contentHeaders()
                .forEach((name, value) -> headers.add(new Headers.Header(
                        name.startsWith("x-cos-") ? bucket.header(name.substring("x-cos-".length())) : name, value)));
        attributes.metadata().forEach((name, value) -> add(headers, "meta-" + name, value));
        add(headers, "meta-" + REPLICA_OF, version.writeId());
        if (!attributes.tags().isEmpty()) {
            add(headers, "tagging", attributes.tags().header());
        }
        String name = storageClass.orElse(attributes.storageClass()).name();
        add(headers, "storage-class", bucket.isS3() ? S3StorageClass.toS3(name) : name);
        return headers;
    }

    private void add(List<Headers.Header> headers, String name, String value) {
        headers.add(new Headers.Header(bucket.header(name), value));
    }

    /** The ETag, where that is the digest. */
    private static Optional<String> md5(ObjectVersion version) {
        boolean isDigest = version.content().encryption().isNone()
                && !version.isAppendable()
                && version.etag().length() == 32;
        return isDigest
                ? Optional.of(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(version.etag())))
                : Optional.empty();
    }

    @Override
    public Outcome mark(Bucket from, ObjectEvent marked) {
        try {
            return bucket.head(marked.key()).status() == 404
                    ? Outcome.DONE
                    : outcome(marked.key(), bucket.delete(marked.key()));
        } catch (OutboundException e) {
            return later(marked.key(), String.valueOf(e.getMessage()));
        }
    }

    private static Outcome outcome(String key, RemoteBucket.Result result) {
        return switch (result.outcome()) {
            case DONE -> Outcome.DONE;
            case UNAVAILABLE -> later(key, result.why());
            case REFUSED -> {
                LOG.info("{} cannot be copied to another store: {}", key, result.why());
                yield Outcome.IMPOSSIBLE;
            }
        };
    }

    private static Outcome later(String key, String why) {
        LOG.info("{} was not copied to another store, and will be in a while: {}", key, why);
        return Outcome.LATER;
    }
}
