package coffer.store.rados;

import coffer.rados.Errno;
import coffer.store.StoreException;

/** What the results of librados mean for whoever uses the engine. */
final class Failures {
    private Failures() {}

    /** Of a read, or of a write that has no effect if it is done later. */
    static StoreException of(int result, String what) {
        return switch (result) {
            case Errno.ENOSPC, Errno.EDQUOT ->
                new StoreException(StoreException.Reason.FULL, what + ": the pool is full (" + result + ")");
            case Errno.ENOENT -> new StoreException(StoreException.Reason.GONE, what + ": it is not there");
            case Errno.ETIMEDOUT ->
                new StoreException(StoreException.Reason.UNAVAILABLE, what + ": the cluster did not answer in time");
            default -> new StoreException(StoreException.Reason.UNAVAILABLE, what + ": the cluster says " + result);
        };
    }

    /** Of a commit, of which nobody can say whether it has happened unless it was refused. */
    static StoreException ofCommit(int result) {
        return switch (result) {
            case Errno.ENOSPC, Errno.EDQUOT ->
                new StoreException(StoreException.Reason.FULL, "the metadata pool is full (" + result + ")");
            case Errno.ETIMEDOUT ->
                new StoreException(
                        StoreException.Reason.UNKNOWN,
                        "the cluster did not answer in time: the change may have happened, or may yet");
            default ->
                new StoreException(
                        StoreException.Reason.UNKNOWN, "the cluster says " + result + ": the change may have happened");
        };
    }
}
