package coffer.batch;

import coffer.access.Acl;
import coffer.address.Address;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.batch.JobCreator.Askers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.event.Cause;
import coffer.identity.Caller;
import coffer.object.AccessControl;
import coffer.object.AccessControl.Question;
import coffer.object.ObjectReader;
import coffer.object.StreamBody;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import coffer.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does tasks as whoever made the job would do them by requests of his own: the same handlers, asked about the same rights.
 * Thread-safe.
 */
final class TaskRunner {
    private final BucketService buckets;
    private final ObjectReader objects;
    private final AccessControl access;
    private final Batch.Tasks handlers;

    TaskRunner(BucketService buckets, ObjectReader objects, AccessControl access, Batch.Tasks handlers) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.handlers = handlers;
    }

    /**
     * Lets pass what all callers may do with an object.
     *
     * @throws CosException {@code AccessDenied}
     */
    void require(Askers askers, String action, Bucket bucket, String key, Optional<String> versionId) {
        for (Caller.Signed caller : askers.callers()) {
            CosRequest request =
                    request(askers, caller, "GET", bucket, key, versionId, Headers.NONE, RequestBody.EMPTY);
            access.requireObject(Question.of(request, action), bucket, key, versionId);
        }
    }

    /**
     * Does a task.
     *
     * @param askers whose rights are needed
     * @throws StoreException if the store does not let it; it is to be tried again
     */
    TaskResult run(JobOperation operation, JobTask task, Askers askers) {
        Cause.Act act = switch (operation) {
            case JobOperation.Copy _ -> Cause.Act.COPY;
            case JobOperation.Restore _ -> Cause.Act.RESTORE;
            case JobOperation.PutTags _ -> Cause.Act.TAG;
        };
        Cause cause =
                new Cause(act, "", askers.address(), "").by(askers.callers().getFirst());
        try {
            int status = cause.during(() -> switch (operation) {
                case JobOperation.Copy copy -> copy(copy, task, askers);
                case JobOperation.Restore restore -> restore(restore, task, askers);
                case JobOperation.PutTags tags -> putTags(tags, task, askers);
            });
            return new TaskResult(task, "", status, "");
        } catch (CosException e) {
            if (e.error().status() == CosError.SERVICE_UNAVAILABLE.status()) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, e.message(), e);
            }
            return new TaskResult(task, e.error().code(), e.error().status(), e.message());
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.CORRUPT || e.reason() == StoreException.Reason.GONE) {
                return new TaskResult(
                        task,
                        CosError.INTERNAL_ERROR.code(),
                        CosError.INTERNAL_ERROR.status(),
                        CosError.INTERNAL_ERROR.message());
            }
            throw e;
        }
    }

    private Bucket bucket(String name) {
        return buckets.find(name).orElseThrow(CosError.NO_SUCH_BUCKET::exception);
    }

    private int copy(JobOperation.Copy copy, JobTask task, Askers askers) {
        Bucket source = bucket(task.bucket());
        Bucket target = bucket(copy.target().bucket());
        String key = copy.key(task.key());
        ObjectKey.check(key);
        List<Headers.Header> headers = new ArrayList<>(copy.headers().all());
        headers.add(new Headers.Header(
                "x-cos-copy-source",
                task.bucket() + "/" + PercentCode.encode(task.key())
                        + task.versionId()
                                .map(id -> "?versionId=" + PercentCode.encode(id))
                                .orElse("")));
        if (copy.copiesAcl()) {
            require(askers, "GetObjectACL", source, task.key(), task.versionId());
            Optional<Acl> acl = objects.find(source, task.key(), task.versionId())
                    .version()
                    .attributes()
                    .possession()
                    .acl();
            acl.ifPresent(found -> headers.addAll(CopyReader.headers(found)));
        }
        Headers all = Headers.of(headers);
        for (Caller.Signed caller : askers.callers()) {
            CosRequest request = request(askers, caller, "PUT", target, key, Optional.empty(), all, RequestBody.EMPTY);
            access.requireObject(Question.of(request, "PutObject"), target, key, Optional.empty());
            access.requireObject(Question.of(request, "GetObject"), source, task.key(), task.versionId());
        }
        CosRequest request = request(
                askers, askers.callers().getFirst(), "PUT", target, key, Optional.empty(), all, RequestBody.EMPTY);
        return status(handlers.copy().handle(request));
    }

    private int restore(JobOperation.Restore restore, JobTask task, Askers askers) {
        Bucket bucket = bucket(task.bucket());
        require(askers, "PostObjectRestore", bucket, task.key(), task.versionId());
        try {
            return status(handlers.restore()
                    .handle(request(
                            askers,
                            askers.callers().getFirst(),
                            "POST",
                            bucket,
                            task.key(),
                            task.versionId(),
                            Headers.NONE,
                            StreamBody.of(restore.document()))));
        } catch (CosException e) {
            if (e.error() == CosError.RESTORE_ALREADY_IN_PROGRESS) {
                return 202; // what was wanted, perhaps by this task itself before a crash
            }
            throw e;
        }
    }

    private int putTags(JobOperation.PutTags tags, JobTask task, Askers askers) {
        Bucket bucket = bucket(task.bucket());
        require(askers, "PutObjectTagging", bucket, task.key(), task.versionId());
        return status(handlers.putTags()
                .handle(request(
                        askers,
                        askers.callers().getFirst(),
                        "PUT",
                        bucket,
                        task.key(),
                        task.versionId(),
                        Headers.NONE,
                        StreamBody.of(tags.document()))));
    }

    private static int status(CosResponse answer) {
        return answer.status();
    }

    private static CosRequest request(
            Askers askers,
            Caller.Signed caller,
            String method,
            Bucket bucket,
            String key,
            Optional<String> versionId,
            Headers headers,
            RequestBody body) {
        String path = "/" + key;
        String host = bucket.name() + ".cos." + bucket.region() + ".myqcloud.com";
        String query =
                versionId.map(id -> "versionId=" + PercentCode.encode(id)).orElse("");
        return new CosRequest(
                new HttpRequest(
                        method,
                        PercentCode.encodeKey(path) + (query.isEmpty() ? "" : "?" + query),
                        headers,
                        body,
                        askers.address(),
                        askers.tlsVersion()),
                new Address(
                        Address.Kind.BUCKET, Optional.of(bucket.name()), Optional.of(bucket.region()), host, path, key),
                Query.parse(query),
                caller,
                "",
                Protocol.COS,
                Optional.of(bucket.name()));
    }
}
