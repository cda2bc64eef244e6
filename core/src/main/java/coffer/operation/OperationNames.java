package coffer.operation;

import coffer.accesslog.AccessRecord.OperationName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What access logs call operations: COS by their names, S3 {@code REST.<method>.<resource>}. */
final class OperationNames {
    /** Of a request that is no operation. */
    static final OperationName UNKNOWN = new OperationName("-", "-");

    private static final Map<Operation, OperationName> NAMES = new EnumMap<>(Arrays.stream(Operation.values())
            .collect(Collectors.toMap(Function.identity(), row -> new OperationName(row.title(), s3(row)))));

    private OperationNames() {}

    static OperationName of(Operation operation) {
        return Objects.requireNonNull(NAMES.get(operation));
    }

    private static String s3(Operation operation) {
        Route route = operation.route();
        return switch (operation) {
            case COPY_OBJECT -> "REST.COPY.OBJECT";
            case UPLOAD_PART_COPY -> "REST.COPY.PART";
            case UPLOAD_PART -> "REST.PUT.PART";
            case GET_WEBSITE_PAGE -> "WEBSITE.GET.OBJECT";
            case HEAD_WEBSITE_PAGE -> "WEBSITE.HEAD.OBJECT";
            case OPTIONS_BUCKET, OPTIONS_OBJECT, OPTIONS_WEBSITE_PAGE -> "REST.OPTIONS.PREFLIGHT";
            default -> "REST." + route.method() + "." + resource(route);
        };
    }

    private static String resource(Route route) {
        boolean isOfObject = route.scope() == Route.Scope.OBJECT;
        if (route.query().isEmpty()) {
            return isOfObject ? "OBJECT" : "BUCKET";
        }
        String parameter = route.query().getFirst();
        return switch (parameter) {
            case "list-type" -> "BUCKET";
            case "versions" -> "BUCKETVERSIONS";
            case "policy" -> "BUCKETPOLICY";
            case "logging" -> "LOGGING_STATUS";
            case "delete" -> "MULTI_OBJECT_DELETE";
            case "uploadId" -> "UPLOAD";
            case "tagging" -> isOfObject ? "OBJECT_TAGGING" : "TAGGING";
            default -> parameter.toUpperCase(Locale.ROOT).replace('-', '_');
        };
    }
}
