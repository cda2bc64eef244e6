package coffer.outbound;

import org.jspecify.annotations.Nullable;

/** Why a request of the server was not answered. The message is a sentence for people, and holds no credentials. */
public final class OutboundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of it. */
    public enum Reason {
        /** It was not sent, since its target is refused: to try again makes no sense before the operator allows it. */
        REFUSED,
        /** It was sent in vain, or not at all. */
        UNREACHABLE
    }

    private final Reason reason;

    private OutboundException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** It must not be sent. */
    public static OutboundException refused(String message) {
        return new OutboundException(Reason.REFUSED, message, null);
    }

    /** It was not answered. */
    public static OutboundException unreachable(String message, @Nullable Throwable cause) {
        return new OutboundException(Reason.UNREACHABLE, message, cause);
    }

    public Reason reason() {
        return reason;
    }
}
