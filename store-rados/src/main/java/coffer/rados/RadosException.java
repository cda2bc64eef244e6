package coffer.rados;

/** What Ceph refused or did not answer. */
public final class RadosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int result;

    /** With what librados returned, negative, see {@link Errno}. */
    public RadosException(int result, String message) {
        super(message + " (" + result + ")");
        this.result = result;
    }

    RadosException(int result, String message, Throwable cause) {
        super(message, cause);
        this.result = result;
    }

    /** What librados returned, negative. */
    public int result() {
        return result;
    }
}
