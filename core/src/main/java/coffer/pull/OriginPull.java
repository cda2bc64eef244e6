package coffer.pull;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.object.ObjectService;
import coffer.object.Versions;
import coffer.origin.OriginRule;
import coffer.origin.OriginType;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.store.StoreException;
import java.util.Optional;

/**
 * Reads objects, and where there is none does what the bucket is set to. It costs nothing where there is one. Source: COS docs,
 * "Setting Origin-Pull".
 */
final class OriginPull implements Handler {
    /** What makes a bucket fetch objects. */
    static final int NOT_FOUND = 404;

    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL = 500;

    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final Loops loops;
    private final Pulls pulls;
    private final PullWorker worker;
    private final Handler read;

    /** @param read what answers where there is an object */
    OriginPull(
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            Loops loops,
            Pulls pulls,
            PullWorker worker,
            Handler read) {
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
        this.loops = loops;
        this.pulls = pulls;
        this.worker = worker;
        this.read = read;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        try {
            return read.handle(request);
        } catch (CosException e) {
            return instead(request, e.error().status()).orElseThrow(() -> e);
        } catch (StoreException e) {
            int status = switch (e.reason()) {
                case UNAVAILABLE, UNKNOWN, FULL -> UNAVAILABLE;
                case CORRUPT, GONE -> INTERNAL;
            };
            return instead(request, status).orElseThrow(() -> e);
        }
    }

    /** @return empty if the request fails as it would without all this */
    private Optional<CosResponse> instead(CosRequest request, int status) {
        if (Versions.named(request.query()).isPresent()) {
            return Optional.empty();
        }
        Bucket bucket = buckets.of(request);
        Optional<OriginRule> rule =
                settings.find(bucket, Settings.ORIGIN).flatMap(rules -> rules.find(status, request.key()));
        if (rule.isEmpty() || rule.get().path().escapes(request.key())) {
            return Optional.empty();
        }
        // Where a symlink leads to nothing, there is an object in the way.
        boolean fetches = rule.get().type() != OriginType.REDIRECT;
        if (fetches && objects.find(bucket, request.key()).isPresent()) {
            return Optional.empty();
        }
        return loops.through(request.headers()).flatMap(loop -> {
            Ask ask = Ask.of(request, rule.get(), loop);
            return switch (rule.get().type()) {
                case MIRROR -> mirrored(request, bucket, rule.get(), ask);
                case PROXY -> {
                    worker.want(bucket, request.key(), ask);
                    yield Optional.of(redirect(request, rule.get(), ask));
                }
                case REDIRECT -> Optional.of(redirect(request, rule.get(), ask));
            };
        });
    }

    private static CosResponse redirect(CosRequest request, OriginRule rule, Ask ask) {
        String host = rule.hostsFor(request.key()).getFirst();
        return CosResponse.of(rule.redirectCode()).with("Location", ask.address(rule, host, request.key()));
    }

    private Optional<CosResponse> mirrored(CosRequest request, Bucket bucket, OriginRule rule, Ask ask) {
        Cause asked = Cause.current();
        Cause cause = new Cause(Cause.Act.ORIGIN, asked.requester(), asked.remoteAddress(), asked.requestId());
        Pulled pulled = pulls.pull(bucket, request.key(), rule, ask, cause, Pulls.WAIT)
                .orElseThrow(() -> CosError.SERVICE_UNAVAILABLE
                        .because("The object is being fetched from its origin; try again.")
                        .withHeader("Retry-After", "5"));
        return switch (pulled) {
            case Pulled.Stored _ -> Optional.of(read.handle(request));
            case Pulled.Missing _ -> Optional.empty();
            case Pulled.Moved moved ->
                Optional.of(CosResponse.of(moved.status()).with("Location", moved.location()));
            case Pulled.Failed failed -> Optional.of(refused(request, rule, failed));
        };
    }

    private static CosResponse refused(CosRequest request, OriginRule rule, Pulled.Failed failed) {
        if (!rule.transparentErrors() || failed.status() < 400) {
            throw CosError.ORIGIN_FAILED.because(failed.why());
        }
        CosResponse response = CosResponse.of(failed.status());
        if (request.http().method().equals("HEAD")) {
            return response;
        }
        return response.with("Content-Type", Optional.of(failed.contentType()).filter(type -> !type.isEmpty()))
                .withBody(new ResponseBody.Bytes(failed.body()));
    }
}
