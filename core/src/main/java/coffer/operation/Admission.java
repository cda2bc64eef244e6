package coffer.operation;

import coffer.access.Resource;
import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.SignedParts;
import coffer.object.AccessControl;
import coffer.object.AccessControl.Question;
import coffer.object.Versions;
import coffer.referer.RefererConfiguration;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * What a request must pass before it is handled: that its bucket is there, that enough of it is signed, that a page may
 * show it, that its caller may do it. Thread-safe.
 */
final class Admission {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final AccessControl access;
    private final List<String> regions;

    Admission(Services services) {
        this.buckets = services.buckets();
        this.settings = services.settings();
        this.access = services.access();
        this.regions = services.regions();
    }

    /**
     * The bucket that a request is about, if it must be there for that.
     *
     * @throws CosException {@code NoSuchBucket}
     */
    Optional<Bucket> bucket(Operation operation, Route.Scope scope, CosRequest request) {
        boolean isOfBucket = switch (scope) {
            case BUCKET, OBJECT, WEBSITE, MIGRATION -> true;
            case SERVICE, CONTROL, DATA_PROCESSING -> false;
        };
        boolean isToBeThere = switch (Traits.admission(operation)) {
            case BY_ACTION, BY_HANDLER -> true;
            case NEW_BUCKET, NONE -> false;
        };
        return isOfBucket && isToBeThere ? Optional.of(buckets.of(request)) : Optional.empty();
    }

    /**
     * Lets a request pass.
     *
     * @param bucket what {@link #bucket} found
     * @throws CosException {@code AccessDenied}
     */
    void require(Operation operation, Route.Scope scope, CosRequest request, Optional<Bucket> bucket) {
        switch (scope) {
            case WEBSITE -> bucket.ifPresent(found -> requireWebsite(request, found));
            case SERVICE -> access.requireService(Question.of(request, operation.action()), Resource.SERVICE);
            case BUCKET, OBJECT, MIGRATION -> {
                switch (Traits.admission(operation)) {
                    case NEW_BUCKET -> requireNewBucket(operation, request);
                    case BY_HANDLER -> {
                        requireOwner(request, bucket.orElseThrow());
                        requireSigned(operation, request, bucket.orElseThrow());
                    }
                    case NONE -> {}
                    case BY_ACTION -> requireExisting(operation, scope, request, bucket.orElseThrow());
                }
            }
            case CONTROL -> access.requireService(Question.of(request, operation.action()), Resource.SERVICE);
            case DATA_PROCESSING -> {
                // nothing is there yet that could be done
            }
        }
    }

    /** Which object is read, and so whether it may be, its handler finds out. */
    private void requireWebsite(CosRequest request, Bucket bucket) {
        requireOwner(request, bucket);
        requireReferer(request, bucket);
    }

    private void requireNewBucket(Operation operation, CosRequest request) {
        Account account = request.account();
        String appId = BucketName.parseLenient(request.bucket()).appId();
        Account owner = appId.equals(account.appId()) ? account : new Account(appId, "");
        String region = request.address().region().orElse(regions.getFirst());
        access.requireService(
                Question.of(request, operation.action()), Resource.bucket(region, owner, request.bucket()));
    }

    private void requireExisting(Operation operation, Route.Scope scope, CosRequest request, Bucket bucket) {
        requireOwner(request, bucket);
        requireSigned(operation, request, bucket);
        if (operation == Operation.GET_OBJECT || operation == Operation.HEAD_OBJECT) {
            requireReferer(request, bucket);
        }
        Question question = Question.of(request, operation.action());
        if (scope == Route.Scope.OBJECT) {
            requireObject(operation, question, bucket);
        } else {
            access.requireBucket(question, bucket);
        }
    }

    private void requireObject(Operation operation, Question question, Bucket bucket) {
        CosRequest request = question.request();
        try {
            access.requireObject(question, bucket, request.key(), Versions.named(request.query()));
        } catch (CosException e) {
            boolean isRead = operation == Operation.GET_OBJECT || operation == Operation.HEAD_OBJECT;
            boolean isKnownToBeAbsent = request.protocol() == Protocol.S3
                    && isRead
                    && access.isAbsent(request, bucket)
                    && access.mayList(request, bucket);
            throw isKnownToBeAbsent ? CosError.NO_SUCH_KEY.exception() : e;
        }
    }

    /** Source: S3 docs, "Verifying bucket ownership with bucket owner condition". */
    private static void requireOwner(CosRequest request, Bucket bucket) {
        request.headers()
                .nonEmpty("x-cos-expected-bucket-owner")
                .filter(expected -> !bucket.isOwnedBy(expected))
                .ifPresent(expected -> {
                    throw CosError.ACCESS_DENIED.because("The bucket does not belong to the expected owner.");
                });
    }

    /** Source: COS docs, "Strict Signature Mode": it is about signed requests only. */
    private void requireSigned(Operation operation, CosRequest request, Bucket bucket) {
        if (request.caller() instanceof Caller.Signed signed) {
            settings.find(bucket, Settings.STRICT_SIGNATURE)
                    .flatMap(strict -> strict.check(
                            operation.action(),
                            signed.parts().headers(),
                            signed.parts().parameters(),
                            request.headers(),
                            request.query()))
                    .ifPresent(message -> {
                        throw CosError.ACCESS_DENIED.because(message);
                    });
        }
    }

    private void requireReferer(CosRequest request, Bucket bucket) {
        Optional<RefererConfiguration> referer = settings.find(bucket, Settings.REFERER);
        referer.ifPresent(rules -> rules.require(request.headers().nonEmpty("Referer"), signed(request.caller())));
    }

    private static RefererConfiguration.Signed signed(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> RefererConfiguration.Signed.NOT_AT_ALL;
            case Caller.Signed signed ->
                signed.parts().place() == SignedParts.Place.URL
                        ? RefererConfiguration.Signed.IN_URL
                        : RefererConfiguration.Signed.IN_HEADER;
        };
    }
}
