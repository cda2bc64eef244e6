package coffer.operation;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.HttpRequest;
import coffer.api.Query;
import java.util.List;
import java.util.Optional;

/**
 * Which requests an operation answers.
 *
 * @param scope what the request is addressed to
 * @param method upper case
 * @param path on hosts that have no buckets, with {@code {id}} for any name; empty for all paths
 * @param query parameters that must be there, whatever their value
 * @param header a header that must be there with a value
 */
record Route(Scope scope, String method, String path, List<String> query, Optional<String> header) {
    private static final String ID = "{id}";

    /** What a request is addressed to. */
    enum Scope {
        /** All buckets. */
        SERVICE,
        /** A bucket. */
        BUCKET,
        /** A key in a bucket. */
        OBJECT,
        /** The batch jobs of an account. */
        CONTROL,
        /** Fetching from elsewhere. */
        MIGRATION,
        /** Image and media processing. */
        DATA_PROCESSING,
        /** A bucket as a web site. */
        WEBSITE;

        static Scope of(Address address) {
            return switch (address.kind()) {
                case SERVICE -> SERVICE;
                case BUCKET -> address.key().isEmpty() ? BUCKET : OBJECT;
                case WEBSITE -> WEBSITE;
                case CONTROL -> CONTROL;
                case MIGRATION -> MIGRATION;
                case DATA_PROCESSING -> DATA_PROCESSING;
            };
        }
    }

    Route {
        query = List.copyOf(query);
    }

    static Route of(Scope scope, String method, String... query) {
        return new Route(scope, method, "", List.of(query), Optional.empty());
    }

    static Route service(String method) {
        return of(Scope.SERVICE, method);
    }

    static Route bucket(String method, String... query) {
        return of(Scope.BUCKET, method, query);
    }

    static Route object(String method, String... query) {
        return of(Scope.OBJECT, method, query);
    }

    /** Of the host of batch jobs. */
    static Route control(String method, String path) {
        return new Route(Scope.CONTROL, method, path, List.of(), Optional.empty());
    }

    Route withHeader(String name) {
        return new Route(scope, method, path, query, Optional.of(name));
    }

    /** Whether a request of this scope is meant. */
    boolean matches(HttpRequest request, Scope requestScope, Query parameters) {
        if (scope != requestScope || !method.equals(request.method())) {
            return false;
        }
        if (!path.isEmpty() && !matchesPath(AddressParser.rawPath(request))) {
            return false;
        }
        for (String name : query) {
            if (!parameters.has(name)) {
                return false;
            }
        }
        return header.isEmpty() || request.headers().nonEmpty(header.get()).isPresent();
    }

    private boolean matchesPath(String actual) {
        String[] wanted = path.split("/", -1);
        String[] named = actual.split("/", -1);
        boolean matches = wanted.length == named.length;
        for (int i = 0; matches && i < wanted.length; i++) {
            matches = wanted[i].equals(ID) ? !named[i].isEmpty() : wanted[i].equals(named[i]);
        }
        return matches;
    }

    /** The request line that is meant, for instance {@code PUT /<key>?acl}, and the header. */
    String text() {
        String shown = switch (scope) {
            case OBJECT, WEBSITE, DATA_PROCESSING -> "/<key>";
            case MIGRATION -> method.equals("GET") ? "/<bucket>/<task>" : "/<bucket>/";
            case SERVICE, BUCKET -> "/";
            case CONTROL -> path.replace(ID, "<id>");
        };
        String parameters = query.isEmpty() ? "" : "?" + String.join("&", query);
        return method + " " + shown + parameters
                + header.map(name -> " with " + name).orElse("");
    }

    /** Of several routes that match, the one that asks for most is meant. */
    int specificity() {
        return 2 * query.size() + (header.isPresent() ? 1 : 0);
    }
}
