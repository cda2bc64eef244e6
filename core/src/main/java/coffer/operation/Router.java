package coffer.operation;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the operation a request means. Thread-safe. */
final class Router {
    /** Parameters that ask for the processing of images, media or documents rather than for the object. */
    private static final List<String> PROCESSING =
            List.of("ci-process", "imageMogr2", "imageView2", "imageInfo", "imageAve", "exif", "watermark", "qrcode");

    private final Map<Route.Scope, List<Operation>> byScope;

    /** Every parameter that selects some operation: such a request never falls through to a plain GET or PUT. */
    private final Map<Route.Scope, Set<String>> selectors = new EnumMap<>(Route.Scope.class);

    Router() {
        byScope = Stream.of(Operation.values())
                .sorted(Comparator.comparingInt((Operation row) -> row.route().specificity())
                        .reversed())
                .collect(Collectors.groupingBy(row -> row.route().scope()));
        byScope.forEach((scope, rows) -> selectors.put(
                scope,
                rows.stream()
                        .flatMap(row -> row.route().query().stream())
                        .filter(name -> !name.equals("id") && !name.equals("partNumber"))
                        .collect(Collectors.toUnmodifiableSet())));
    }

    /**
     * Finds the row. A preflight comes with the parameters of the request that it asks for.
     *
     * @throws CosException {@code MethodNotAllowed} if there is none, {@code NotImplemented} for data processing
     */
    Operation find(HttpRequest request, Route.Scope scope, Query query) {
        for (Operation row : byScope.getOrDefault(scope, List.of())) {
            if (row.route().matches(request, scope, query)) {
                if (!request.method().equals("OPTIONS")) {
                    refuseFallThrough(row, scope, query);
                }
                return row;
            }
        }
        throw CosError.METHOD_NOT_ALLOWED.exception();
    }

    private void refuseFallThrough(Operation row, Route.Scope scope, Query query) {
        if (!row.route().query().isEmpty() || query.all().isEmpty()) {
            return;
        }
        for (Query.Parameter parameter : query.all()) {
            if (selectors.getOrDefault(scope, Set.of()).contains(parameter.name())) {
                throw CosError.METHOD_NOT_ALLOWED.because(
                        "The method does not go with the parameter " + parameter.name() + ".");
            }
            for (String processing : PROCESSING) {
                if (parameter.name().startsWith(processing)) {
                    throw CosError.NOT_IMPLEMENTED.because("Data processing is not available on this server yet.");
                }
            }
        }
    }
}
