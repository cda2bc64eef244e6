package coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private final Router router = new Router();

    @ParameterizedTest
    @EnumSource
    void everyRowIsFoundByTheRequestItDescribes(Operation row) {
        Route route = row.route();
        String query = String.join("&", route.query());
        Headers headers = route.header()
                .map(name -> Headers.of(name, "b-1250000000.cos.ap-guangzhou.myqcloud.com/k"))
                .orElse(Headers.NONE);
        String path = route.path().isEmpty() ? "/k" : route.path();
        assertThat(find(route.method(), path, route.scope(), query, headers)).isEqualTo(row);
        assertThat(find(route.method(), path, route.scope(), "x=1&" + query.replace("&", "=&") + "=", headers))
                .isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, BUCKET, delete, MethodNotAllowed",
        "DELETE, BUCKET, acl, MethodNotAllowed",
        "PUT, OBJECT, uploads, MethodNotAllowed",
        "PATCH, OBJECT, '', MethodNotAllowed",
        "POST, OBJECT, '', MethodNotAllowed",
        "GET, OBJECT, imageMogr2/thumbnail/!50p, NotImplemented",
        "GET, OBJECT, ci-process=snapshot, NotImplemented",
    })
    void aRequestThatMeansSomethingElseNeverFallsThrough(String method, Route.Scope scope, String query, String code) {
        CosException refused = catchThrowableOfType(CosException.class, () -> find(method, scope, query, Headers.NONE));
        assertThat(refused.error().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploads", "partNumber=1&uploadId=x", "acl", "imageMogr2/thumbnail/!50p"})
    void aPreflightMayAskForAnyRequest(String query) {
        assertThat(find("OPTIONS", Route.Scope.OBJECT, query, Headers.NONE)).isEqualTo(Operation.OPTIONS_OBJECT);
    }

    @Test
    void aPutOfAPartOutranksAPutOfAnObject() {
        assertThat(find("PUT", Route.Scope.OBJECT, "uploadId=1&partNumber=2", Headers.NONE))
                .isEqualTo(Operation.UPLOAD_PART);
        assertThat(find("PUT", Route.Scope.OBJECT, "prefix=1", Headers.NONE)).isEqualTo(Operation.PUT_OBJECT);
        assertThat(catchThrowableOfType(
                                CosException.class, () -> find("PUT", Route.Scope.OBJECT, "uploadId=1", Headers.NONE))
                        .error())
                .isEqualTo(CosError.METHOD_NOT_ALLOWED);
    }

    private Operation find(String method, Route.Scope scope, String query, Headers headers) {
        return find(method, "/k", scope, query, headers);
    }

    private Operation find(String method, String path, Route.Scope scope, String query, Headers headers) {
        HttpRequest request =
                new HttpRequest(method, path + "?" + query, headers, RequestBody.EMPTY, "127.0.0.1", Optional.empty());
        return router.find(request, scope, Query.parse(query));
    }
}
