package coffer.remote;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.outbound.OutboundAnswer;
import java.util.Set;

/** Why another store did not do what it was asked for. The message is a sentence for people, and holds no credentials. */
public final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Set<String> PASSING =
            Set.of("SlowDown", "RequestTimeout", "IncompleteBody", "OperationAborted", "BadDigest", "TooManyRequests");
    private static final Set<Integer> PASSING_STATUS = Set.of(408, 429, 500, 502, 503, 504);
    private static final int MAX_DOCUMENT = 1024 * 1024;

    private final int status;
    private final String code;

    RemoteException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** What a refusing answer says; it is read. */
    static RemoteException of(OutboundAnswer answer, String request) {
        return of(answer.status(), answer.bytes(MAX_DOCUMENT), request);
    }

    /** @param request that was answered, for people */
    static RemoteException of(int status, byte[] document, String request) {
        String code = text(document, "Code");
        String said = text(document, "Message");
        return new RemoteException(
                status,
                code,
                (request + " was answered " + status + " " + code).strip() + "." + (said.isEmpty() ? "" : " " + said));
    }

    static String text(byte[] document, String child) {
        try {
            return document.length == 0
                    ? ""
                    : Element.parse(document).childText(child).orElse("");
        } catch (CosException e) {
            return "";
        }
    }

    /** Of the answer. */
    public int status() {
        return status;
    }

    /** The code of the error; empty if there was none, as in answers to HEAD. */
    public String code() {
        return code;
    }

    /** Whether the same request may well be answered in a while. */
    public boolean isPassing() {
        return PASSING_STATUS.contains(status) || PASSING.contains(code);
    }
}
