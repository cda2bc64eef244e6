package coffer.request;

import coffer.api.CosResponse;
import coffer.identity.Caller;
import java.util.Optional;

/**
 * What a request changes, noted by whoever changes it, for a request that is logged; of others nothing is noted. Used by the
 * thread of the request.
 */
public final class Trace {
    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private long addedBytes;
    private Optional<Written> written = Optional.empty();
    private Optional<Caller> caller = Optional.empty();

    /**
     * A version of an object that was written.
     *
     * @param storageClass in the words of COS
     */
    public record Written(String key, long sizeBytes, String storageClass) {}

    /** Has a request handled, with what it changes noted here. */
    public CosResponse handle(Handler handler, CosRequest request) {
        return ScopedValue.where(CURRENT, this).call(() -> handler.handle(request));
    }

    /**
     * Notes that more is stored, or less.
     *
     * @param bytes may be negative
     */
    public static void added(long bytes) {
        if (CURRENT.isBound()) {
            CURRENT.get().addedBytes += bytes;
        }
    }

    /** Notes that an object was written. */
    public static void wrote(String key, long sizeBytes, String storageClass) {
        if (CURRENT.isBound()) {
            CURRENT.get().written = Optional.of(new Written(key, sizeBytes, storageClass));
        }
    }

    /** Notes who asks, where only the body says so. */
    public static void askedBy(Caller caller) {
        if (CURRENT.isBound()) {
            CURRENT.get().caller = Optional.of(caller);
        }
    }

    /** How much more is stored, in bytes. */
    public long addedBytes() {
        return addedBytes;
    }

    /** The last object that was written. */
    public Optional<Written> written() {
        return written;
    }

    /** Who asks, if only the body says so. */
    public Optional<Caller> caller() {
        return caller;
    }
}
