package coffer.operation;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.Caller;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.util.Optional;

/**
 * How clients speak: how they sign, and how they spell what handlers know in the words of COS. Handlers are the same for
 * all but the operations whose documents differ. Thread-safe.
 */
interface Dialect {
    /**
     * Who sent a request, and what it brings.
     *
     * @param body fails while it is read if it is not what was signed
     */
    record Authenticated(Caller caller, RequestBody body) {}

    /**
     * The request in the words of COS.
     *
     * @throws CosException {@code NotImplemented} for what cannot be said in them
     */
    HttpRequest understood(HttpRequest sent, Query query);

    /**
     * Finds out who sent a request.
     *
     * @param sent as it came
     * @throws CosException if its signature does not hold
     */
    Authenticated authenticate(HttpRequest sent, Address address, Query query);

    /**
     * The request in the words of COS once it is known who sent it.
     *
     * @param understood what {@link #understood} made of it
     */
    HttpRequest understood(HttpRequest understood, Authenticated who);

    /** The full name of the addressed bucket. */
    Optional<String> bucket(Address address, Caller caller);

    /**
     * The full name of a bucket that is to be made.
     *
     * @throws CosException {@code AccessDenied} if nobody wants it
     */
    Optional<String> newBucket(Address address, Caller caller);

    /** What clients of it speak. */
    Protocol protocol();

    /** The longest object key in bytes of UTF-8. */
    int maxKeyBytes();

    /** Whether requests of an operation that may have a body must say how long it is. */
    boolean needsLength(Operation operation);

    /** What answers an operation. */
    Handler handler(Operation operation);

    /** An answer as the client expects it. */
    CosResponse spoken(CosResponse answer);

    /**
     * The answer to a failed request.
     *
     * @param resource what it was about, unless the error knows better
     * @param head whether the answer must not have a body
     */
    CosResponse error(CosException error, String resource, RequestIds ids, boolean head);
}
