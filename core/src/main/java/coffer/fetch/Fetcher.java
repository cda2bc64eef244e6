package coffer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.event.Cause;
import coffer.object.Attributes;
import coffer.object.BodyReceiver;
import coffer.object.ObjectService;
import coffer.object.ObjectVersion;
import coffer.object.StreamBody;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import coffer.store.StoreException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Fetches objects, and tells who wants to know. Thread-safe. */
final class Fetcher {
    /** An origin that says nothing for so long has gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What an origin says of the content that stays true of the object. */
    private static final List<String> KEPT =
            List.of("Content-Type", "Content-Encoding", "Content-Language", "Content-Disposition", "Cache-Control");

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbound outbound;
    private final BucketService buckets;
    private final ObjectService objects;
    private final FetchTasks tasks;

    Fetcher(Outbound outbound, BucketService buckets, ObjectService objects, FetchTasks tasks) {
        this.outbound = outbound;
        this.buckets = buckets;
        this.objects = objects;
        this.tasks = tasks;
    }

    /**
     * What an attempt came to.
     *
     * @param mayHelp whether it may come to something else the next time
     */
    record Attempt(FetchTask.Result result, boolean mayHelp) {
        private static Attempt done() {
            return new Attempt(new FetchTask.Result(true, "", ""), false);
        }

        private static Attempt failed(String code, String message, boolean mayHelp) {
            return new Attempt(new FetchTask.Result(false, code, message), mayHelp);
        }
    }

    /** Tries to fetch an object. */
    Attempt fetch(FetchTask task) {
        try {
            Bucket bucket = bucket(task);
            boolean isThere = task.order().keepsExisting()
                    && objects.find(bucket, task.order().key()).isPresent();
            if (!isThere) {
                fetch(task, bucket);
            }
            return Attempt.done();
        } catch (Unanswered e) {
            return Attempt.failed("OriginError", e.getMessage(), e.mayHelp);
        } catch (OutboundException e) {
            boolean isRefused = e.reason() == OutboundException.Reason.REFUSED;
            return Attempt.failed(
                    isRefused ? "OriginRefused" : "OriginError", String.valueOf(e.getMessage()), !isRefused);
        } catch (CosException e) {
            // It has come while this one was on its way.
            return e.error() == CosError.FILE_ALREADY_EXISTS
                    ? Attempt.done()
                    : Attempt.failed(e.error().code(), e.message(), isPassing(e.error()));
        } catch (StoreException e) {
            return Attempt.failed(CosError.SERVICE_UNAVAILABLE.code(), "The object could not be written.", true);
        }
    }

    private static boolean isPassing(CosError error) {
        return error.status() >= 500 || error == CosError.INCOMPLETE_BODY || error == CosError.PATH_CONFLICT;
    }

    private Bucket bucket(FetchTask task) {
        return buckets.find(task.bucket())
                .filter(found -> found.space().equals(task.space()))
                .orElseThrow(CosError.NO_SUCH_BUCKET::exception);
    }

    /** An origin has answered, but not with the content. */
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean mayHelp;

        Unanswered(int status) {
            super("The origin answered " + status + ".");
            this.mayHelp = status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private void fetch(FetchTask task, Bucket bucket) {
        FetchOrder order = task.order();
        OutboundRequest request = OutboundRequest.of("GET", URI.create(order.url()), Headers.NONE, PATIENCE)
                .followingRedirects();
        try (OutboundAnswer answer = outbound.send(request)) {
            if (!answer.isSuccess()) {
                throw new Unanswered(answer.status());
            }
            ContentKey contentKey = objects.encryption().begin(bucket, order.key(), Headers.NONE);
            RequestBody body = new WatchedBody(
                    new StreamBody(answer.body(), answer.bodyBytes()), tasks.watch(task, answer.bodyBytes()));
            ObjectVersion _ = Cause.itself(Cause.Act.PUT)
                    .during(() -> objects.put(
                            bucket,
                            order.key(),
                            Attributes.of(kept(answer.headers())),
                            contentKey,
                            body,
                            BodyReceiver.Expectation.of(order.md5()
                                    .map(md5 -> Headers.of("Content-MD5", md5))
                                    .orElse(Headers.NONE)),
                            order.keepsExisting() ? Fetcher::requireAbsent : ObjectService.Precondition.NONE));
        }
    }

    private static void requireAbsent(Optional<coffer.object.StoredObject> current) {
        if (current.isPresent()) {
            throw CosError.FILE_ALREADY_EXISTS.exception();
        }
    }

    private static Headers kept(Headers answered) {
        List<Headers.Header> kept = new ArrayList<>();
        KEPT.forEach(name -> answered.nonEmpty(name).ifPresent(value -> kept.add(new Headers.Header(name, value))));
        return Headers.of(kept);
    }

    /** Tells what came of a task; whether that was taken. */
    boolean tell(FetchTask task) {
        FetchTask.Result result = task.result().orElseThrow();
        Optional<String> url =
                result.isDone() ? task.order().successCallback() : task.order().failureCallback();
        byte[] body = JSON.createObjectNode()
                .put("taskid", task.id())
                .put("bucket", task.bucket())
                .put("key", task.order().key())
                .put("status", FetchHandlers.status(task.result()))
                .put("code", result.code())
                .put("message", result.message())
                .toString()
                .getBytes(UTF_8);
        OutboundRequest request = OutboundRequest.of(
                        "POST",
                        URI.create(url.orElseThrow()),
                        Headers.of("Content-Type", "application/json; charset=utf-8"),
                        PATIENCE)
                .with(body);
        try (OutboundAnswer answer = outbound.send(request)) {
            return answer.isSuccess();
        } catch (OutboundException e) {
            return false;
        }
    }

    /** Counts what has come. */
    private record WatchedBody(RequestBody body, FetchTasks.Progress progress) implements RequestBody {
        @Override
        public long declaredBytes() {
            return body.declaredBytes();
        }

        @Override
        public int read(ByteBuffer target) {
            int count = body.read(target);
            progress.add(Math.max(count, 0));
            return count;
        }
    }
}
