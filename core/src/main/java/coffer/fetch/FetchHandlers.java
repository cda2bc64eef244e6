package coffer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.identity.Account;
import coffer.object.AccessControl;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests about tasks, in JSON. Source: COS API reference, "POST Async fetch" and "GET Async fetch". */
public final class FetchHandlers {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;
    private static final String ACTION = "PutObject";
    private static final JsonMapper JSON = new JsonMapper();

    private final BucketService buckets;
    private final AccessControl access;
    private final FetchTasks tasks;

    public FetchHandlers(BucketService buckets, AccessControl access, FetchTasks tasks) {
        this.buckets = buckets;
        this.access = access;
        this.tasks = tasks;
    }

    /** Orders a fetch: for who may put the object himself, and says who he is. */
    public Handler order() {
        return request -> {
            Bucket bucket = buckets.of(request);
            Account _ = request.account();
            FetchOrder order = FetchOrder.read(request.documentBytes(MAX_DOCUMENT_BYTES, CosError.INVALID_ARGUMENT));
            access.requireObject(Question.of(request, ACTION), bucket, order.key(), Optional.empty());
            FetchTask task = tasks.order(bucket, order);
            return answer(request, JSON.createObjectNode().put("taskid", task.id()));
        };
    }

    /** Says how far a task is, to who could have ordered it. */
    public Handler get() {
        return request -> {
            Bucket bucket = buckets.of(request);
            Account _ = request.account();
            FetchTask task = tasks.find(bucket, request.key()).orElseThrow(FetchHandlers::unknown);
            access.requireObject(
                    Question.of(request, ACTION), bucket, task.order().key(), Optional.empty());
            ObjectNode data = JSON.createObjectNode()
                    .put("code", task.result().map(FetchTask.Result::code).orElse(""))
                    .put("msg", task.result().map(FetchTask.Result::message).orElse(""))
                    .put("percent", tasks.percent(task))
                    .put("status", status(task.result()));
            return answer(request, data);
        };
    }

    private static CosException unknown() {
        return CosError.NO_SUCH_KEY.because("There is no such fetch task in this bucket, or it ended long ago.");
    }

    /** What clients call how far a task is. */
    static String status(Optional<FetchTask.Result> result) {
        return result.map(known -> known.isDone() ? "TASK_DONE" : "TASK_FAILED").orElse("TASK_DOING");
    }

    private static CosResponse answer(CosRequest request, ObjectNode data) {
        ObjectNode whole =
                JSON.createObjectNode().put("code", 0).put("message", "SUCCESS").put("request_id", request.requestId());
        return CosResponse.ok()
                .with("Content-Type", "application/json; charset=utf-8")
                .withBody(new ResponseBody.Bytes(
                        whole.set("data", data).toString().getBytes(UTF_8)));
    }
}
