package coffer.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.admin.AdminGateway;
import coffer.admin.AdminRole;
import coffer.admin.Json;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import coffer.operation.ServerHealth;
import coffer.operation.ServerHealth.Finding;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * In front of the admin API: answers {@code /metrics}, {@code /health/live} and {@code /health/ready}, under any load; all
 * else is the API's. Health is told to anybody, metrics to who has a token. Thread-safe.
 */
public final class MonitoringGateway implements Gateway {
    private static final String METRICS = "/metrics";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";

    private final AdminGateway next;
    private final ServerHealth health;
    private final ServerMetrics metrics;
    private final boolean isPublic;

    /** @param isPublic whether metrics are told to anybody, too */
    public MonitoringGateway(AdminGateway next, ServerHealth health, ServerMetrics metrics, boolean isPublic) {
        this.next = next;
        this.health = health;
        this.metrics = metrics;
        this.isPublic = isPublic;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return next.prepare(request);
        }
        String target = request.target();
        int mark = target.indexOf('?');
        return switch (mark < 0 ? target : target.substring(0, mark)) {
            case METRICS -> vital(() -> metrics(request));
            case LIVE ->
                vital(() -> health.dead().map(MonitoringGateway::failing).orElseGet(MonitoringGateway::well));
            case READY -> vital(this::ready);
            default -> next.prepare(request);
        };
    }

    @Override
    public CosResponse refuse(CosException error) {
        return next.refuse(error);
    }

    private static Prepared vital(Supplier<CosResponse> answer) {
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return false;
            }

            @Override
            public boolean isVital() {
                return true;
            }

            @Override
            public CosResponse answer() {
                return answer.get();
            }
        };
    }

    private CosResponse metrics(HttpRequest request) {
        Optional<CosResponse> refusal =
                isPublic ? Optional.empty() : next.refusal(request, AdminRole.METRICS, "GetMetrics");
        return refusal.orElseGet(() -> of(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text()));
    }

    private CosResponse ready() {
        return health.unready()
                .map(MonitoringGateway::failing)
                .or(() -> health.degraded().map(found -> of(200, "degraded", found)))
                .orElseGet(MonitoringGateway::well);
    }

    private static CosResponse failing(Finding found) {
        return of(503, "failing", found);
    }

    private static CosResponse well() {
        return of(200, new Told("ok", Optional.empty(), Optional.empty()));
    }

    private static CosResponse of(int code, String status, Finding found) {
        return of(code, new Told(status, Optional.of(found.reason()), Optional.of(found.message())));
    }

    /** What is told of health, in the order in which it is written. */
    private record Told(String status, Optional<String> reason, Optional<String> message) {}

    private static CosResponse of(int code, Told told) {
        return of(code, "application/json", Json.text(told));
    }

    private static CosResponse of(int status, String type, String text) {
        return CosResponse.of(status)
                .with("Content-Type", type)
                .with("Cache-Control", "no-store")
                .withBody(new ResponseBody.Bytes(text.getBytes(UTF_8)));
    }
}
