package coffer.object;

import coffer.api.CosException;
import coffer.api.Headers;
import coffer.identity.Caller;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import coffer.signature.FormGrant;
import java.util.Map;

/** How the fields of forms are signed and spelled. Thread-safe. */
public interface FormDialect {
    /** Whether a form speaks it. */
    boolean isSpoken(CosRequest request, Map<String, String> fields);

    /**
     * Finds out who made a form and what it allows.
     *
     * @param fields values by lower-case name; the key already with the file's name in it
     * @return anonymous if the form is not signed
     * @throws CosException {@code InvalidPolicyDocument}, {@code InvalidAccessKeyId}, {@code SignatureDoesNotMatch},
     *     {@code AccessDenied} naming the condition that does not hold, {@code SlowDown}
     */
    FormGrant authenticate(CosRequest request, Map<String, String> fields);

    /** What clients of it speak. */
    Protocol protocol();

    /** The full name of the bucket that is meant. */
    String bucket(CosRequest request, Caller caller);

    /** The headers of COS that the fields stand for. */
    Headers headers(Map<String, String> fields);
}
