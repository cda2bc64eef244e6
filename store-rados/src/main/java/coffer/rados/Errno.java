package coffer.rados;

/** Results of librados, negated numbers of {@code errno.h}, that mean something to a caller. */
public final class Errno {
    /** No such object. */
    public static final int ENOENT = -2;

    /** What is stored cannot be read. */
    public static final int EIO = -5;

    /** The object is there already, or a lock is another's. */
    public static final int EEXIST = -17;

    /** A lock is held by another. */
    public static final int EBUSY = -16;

    /** The pool is full, or its quota is used up. */
    public static final int ENOSPC = -28;

    /** The object has another version than was asserted, an older one. */
    public static final int ERANGE = -34;

    /** The object has a later version than was asserted. */
    public static final int EOVERFLOW = -75;

    /** The client has been fenced: it may write no more. */
    public static final int EBLOCKLISTED = -108;

    /** No answer in time. A write may have happened, and may happen yet. */
    public static final int ETIMEDOUT = -110;

    /** A quota is used up. */
    public static final int EDQUOT = -122;

    /** A comparison did not hold; nothing was changed. */
    public static final int ECANCELED = -125;

    private Errno() {}
}
