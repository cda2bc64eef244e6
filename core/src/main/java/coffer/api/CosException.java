package coffer.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A failed request as the client will see it: a code of the catalogue, a message that says what to do, and whatever
 * rides along. Carries a stack trace only for statuses from 500 up.
 */
public final class CosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final CosError error;
    private final transient Optional<String> resource;
    private final transient Map<String, String> details;
    private final transient List<Headers.Header> headers;
    private final transient Map<String, String> notes;

    CosException(
            CosError error,
            String message,
            Optional<String> resource,
            Map<String, String> details,
            List<Headers.Header> headers,
            Map<String, String> notes,
            Optional<Throwable> cause) {
        super(message, cause.orElse(null), false, error.status() >= 500);
        this.error = error;
        this.resource = resource;
        this.details = details;
        this.headers = headers;
        this.notes = notes;
    }

    public CosError error() {
        return error;
    }

    public String message() {
        String message = getMessage();
        return message == null ? error.message() : message;
    }

    /** What the error is about, if it is not the addressed object or bucket. */
    public Optional<String> resource() {
        return resource;
    }

    /** Further elements of the error document, in order. */
    public Map<String, String> details() {
        return details;
    }

    /** Headers of the answer beyond the usual ones. */
    public List<Headers.Header> headers() {
        return headers;
    }

    /** What is for whoever runs the server, never for the client, in order. */
    public Map<String, String> notes() {
        return notes;
    }

    /** This error with one more note, see {@link #notes}. */
    public CosException noting(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(notes);
        more.put(name, text);
        return new CosException(error, message(), resource, details, headers, more, Optional.ofNullable(getCause()));
    }

    /** This error with one more element in its document. */
    public CosException with(String element, String text) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(element, text);
        return new CosException(error, message(), resource, more, headers, notes, Optional.ofNullable(getCause()));
    }

    /** This error with one more header on its answer. */
    public CosException withHeader(String name, String value) {
        List<Headers.Header> more = new ArrayList<>(headers);
        more.add(new Headers.Header(name, value));
        return new CosException(error, message(), resource, details, more, notes, Optional.ofNullable(getCause()));
    }
}
