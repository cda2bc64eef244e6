package coffer.object;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.Query;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import coffer.website.Answer;
import coffer.website.ErrorPage;
import coffer.website.Found;
import coffer.website.Scheme;
import coffer.website.Site;
import coffer.website.Visit;
import coffer.website.WebsiteConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A page of a bucket that is a website. Which object that is, {@link Visit} says; whether it may be read, the authorizer,
 * for each object that is looked at. Source: COS docs, "Setting Up a Static Website"; S3 docs, "Website endpoints".
 */
public final class WebsitePage implements Handler {
    private static final String ACTION = "GetObject";

    /** They answer what the browser itself asked for, not the address. */
    private static final Set<CosError> OF_CONDITIONS = Set.of(CosError.PRECONDITION_FAILED, CosError.INVALID_RANGE);

    /** What an error page says of itself; its validators are not those of the address it stands for. */
    private static final List<String> DESCRIPTION =
            List.of("Content-Type", "Content-Language", "Content-Encoding", "Cache-Control", "Expires");

    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final AccessControl access;
    private final Handler getObject;

    /** @param getObject what answers once it is known which object is meant */
    public WebsitePage(
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            AccessControl access,
            Handler getObject) {
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
        this.access = access;
        this.getObject = getObject;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        WebsiteConfiguration website =
                settings.find(bucket, Settings.WEBSITE).orElseThrow(CosError.NO_SUCH_WEBSITE_CONFIGURATION::exception);
        Visit visit = new Visit(website, site(request), request.key(), AddressParser.rawQuery(request.http()));
        Function<String, Found> lookup = key -> find(request, bucket, key);
        Answer answer = visit.answer(lookup);
        if (answer instanceof Answer.Page(String key)) {
            try {
                return read(request, key, request.headers());
            } catch (CosException e) {
                answer = failed(visit, e, lookup);
            }
        }
        return switch (answer) {
            case Answer.Page(String key) -> read(request, key, request.headers());
            case Answer.Redirect redirect -> CosResponse.of(redirect.status()).with("Location", redirect.location());
            case Answer.Failure(CosException error) ->
                website.errorPage()
                        .map(page -> instead(request, page, error, lookup))
                        .orElseThrow(() -> error);
        };
    }

    private static Answer failed(Visit visit, CosException error, Function<String, Found> lookup) {
        if (OF_CONDITIONS.contains(error.error()) || error.error().status() >= 500) {
            throw error;
        }
        return visit.failed(error, lookup);
    }

    private static Site site(CosRequest request) {
        return new Site(
                request.http().secure() ? Scheme.HTTPS : Scheme.HTTP,
                request.address().host());
    }

    private Found find(CosRequest request, Bucket bucket, String key) {
        Optional<CosException> refusal = refusal(request, bucket, key);
        Optional<StoredObject> stored =
                isKey(key) ? objects.versions().find(bucket, key, Optional.empty()) : Optional.empty();
        if (stored.isEmpty()) {
            return new Found.Missing(missing(request, bucket, refusal));
        }
        return refusal.<Found>map(Found.Refused::new)
                .orElseGet(() -> new Found.Allowed(
                        stored.get().version().attributes().contentHeader(Attributes.WEBSITE_REDIRECT)));
    }

    private static boolean isKey(String key) {
        try {
            ObjectKey.check(key, ObjectKey.MAX_S3_BYTES);
            return true;
        } catch (CosException e) {
            return false;
        }
    }

    private Optional<CosException> refusal(CosRequest request, Bucket bucket, String key) {
        try {
            access.requireObject(Question.of(request, ACTION), bucket, key, Optional.empty());
            return Optional.empty();
        } catch (CosException e) {
            return Optional.of(e);
        }
    }

    /** In COS who may read is told that there is nothing, in S3 who may list. */
    private CosException missing(CosRequest request, Bucket bucket, Optional<CosException> refusal) {
        if (request.protocol() == Protocol.S3) {
            return access.mayList(request, bucket)
                    ? CosError.NO_SUCH_KEY.exception()
                    : refusal.orElseGet(CosError.ACCESS_DENIED::exception);
        }
        return refusal.orElseGet(CosError.NO_SUCH_KEY::exception);
    }

    /** Parameters of a page mean nothing to the object it is. */
    private CosResponse read(CosRequest request, String key, Headers headers) {
        Address asked = request.address();
        Address address = new Address(asked.kind(), asked.bucket(), asked.region(), asked.host(), asked.path(), key);
        return getObject.handle(new CosRequest(
                request.http().with(headers, request.body()),
                address,
                Query.NONE,
                request.caller(),
                request.requestId(),
                request.protocol(),
                request.bucketName()));
    }

    private CosResponse instead(
            CosRequest request, ErrorPage page, CosException error, Function<String, Found> lookup) {
        try {
            if (lookup.apply(page.key()) instanceof Found.Allowed) {
                CosResponse answer = read(request, page.key(), Headers.NONE);
                List<Headers.Header> described = answer.headers().stream()
                        .filter(header -> DESCRIPTION.contains(header.name()))
                        .toList();
                return CosResponse.of(page.keepsStatus() ? error.error().status() : answer.status())
                        .withAll(described)
                        .withBody(answer.body());
            }
        } catch (CosException e) {
            // the error itself says more than why its page cannot be had
        }
        throw error.with("ErrorDocument", "It could not be read: " + page.key());
    }
}
