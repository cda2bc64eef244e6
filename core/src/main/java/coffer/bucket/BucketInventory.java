package coffer.bucket;

import coffer.address.BucketName;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryDestination;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The five operations on inventories. Source: COS API reference, "PUT Bucket inventory", "GET Bucket inventory", "List
 * Bucket Inventory Configurations", "DELETE Bucket inventory", "POST Bucket inventory".
 */
public final class BucketInventory {
    private static final String ID = "id";
    private static final String TOKEN = "continuation-token";
    private static final int PAGE = 100;

    /** What the keys of a report have behind its folder, at most. */
    private static final int FILE_NAME_BYTES = 50;

    private final BucketService buckets;
    private final BucketInventories inventories;
    private final Writers writers;
    private final InventoryDialect dialect;

    /** Decides who may have something written. */
    @FunctionalInterface
    public interface Writers {
        /**
         * Lets pass a caller who may write an object.
         *
         * @throws CosException {@code AccessDenied}
         */
        void require(CosRequest request, Bucket bucket, String key);
    }

    public BucketInventory(
            BucketService buckets, BucketInventories inventories, Writers writers, InventoryDialect dialect) {
        this.buckets = buckets;
        this.inventories = inventories;
        this.writers = writers;
        this.dialect = dialect;
    }

    /** PUT of one. */
    public Handler put() {
        return request -> {
            Bucket bucket = buckets.of(request);
            InventoryConfiguration configuration = InventoryConfiguration.read(id(request), document(request, bucket));
            requireDestination(request, bucket, configuration);
            inventories.put(bucket, configuration);
            return CosResponse.ok();
        };
    }

    /** POST of one that is made once. */
    public Handler post() {
        return request -> {
            Bucket bucket = buckets.of(request);
            InventoryConfiguration configuration =
                    InventoryConfiguration.readOneTime(id(request), document(request, bucket));
            requireDestination(request, bucket, configuration);
            String jobId = inventories.ask(bucket, configuration);
            return CosResponse.xml(new XmlWriter()
                    .open("PostInventoryResult")
                    .element("JobId", jobId)
                    .close("PostInventoryResult"));
        };
    }

    /** GET of one. */
    public Handler get() {
        return request -> {
            XmlWriter xml = new XmlWriter();
            inventories
                    .find(buckets.of(request), id(request))
                    .orElseThrow(dialect.absent()::exception)
                    .write(xml, dialect.words());
            return CosResponse.xml(xml);
        };
    }

    /** DELETE of one. */
    public Handler delete() {
        return request -> {
            Bucket bucket = buckets.of(request);
            String id = id(request);
            if (dialect.isAbsenceAnError() && inventories.find(bucket, id).isEmpty()) {
                throw dialect.absent().exception();
            }
            inventories.remove(bucket, id);
            return CosResponse.noContent();
        };
    }

    /** GET of all, page by page. */
    public Handler list() {
        return request -> {
            Optional<String> token = request.query().nonEmpty(TOKEN);
            long after = token.map(BucketInventory::sequence).orElse(0L);
            List<BucketInventories.Listed> left = inventories.list(buckets.of(request)).stream()
                    .filter(listed -> listed.sequence() > after)
                    .toList();
            List<BucketInventories.Listed> page = left.subList(0, Math.min(PAGE, left.size()));
            XmlWriter xml = new XmlWriter().open(dialect.list());
            page.forEach(listed -> listed.configuration().write(xml, dialect.words()));
            xml.element("IsTruncated", page.size() < left.size());
            token.ifPresent(text -> xml.element("ContinuationToken", text));
            if (page.size() < left.size()) {
                xml.element("NextContinuationToken", token(page.getLast().sequence()));
            }
            return CosResponse.xml(xml.close(dialect.list()));
        };
    }

    private static String token(long sequence) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
    }

    private static long sequence(String token) {
        try {
            return Long.parseLong(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw CosError.INVALID_ARGUMENT.because(TOKEN + " must be the NextContinuationToken of a page.");
        }
    }

    private static String id(CosRequest request) {
        return InventoryConfiguration.requireId(request.query()
                .nonEmpty(ID)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The parameter id must name the inventory.")));
    }

    private Element document(CosRequest request, Bucket bucket) {
        return dialect.understood().apply(bucket, request.document(BucketSetting.MAX_XML_BYTES));
    }

    /** Reports stay in the account and the region, and whoever asks for them may write where they go. */
    private void requireDestination(CosRequest request, Bucket source, InventoryConfiguration configuration) {
        InventoryDestination destination = configuration.destination();
        if (!destination.region().equals(source.region())) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The destination must be in the region of the bucket, " + source.region() + ".");
        }
        boolean isOwn = BucketName.parseLenient(destination.bucket()).appId().equals(source.appId())
                && destination.accountId().filter(id -> !source.isOwnedBy(id)).isEmpty();
        if (!isOwn) {
            throw CosError.USER_NOT_TARGET_BUCKET_OWNER.exception();
        }
        Bucket target = buckets.find(destination.bucket())
                .filter(bucket -> bucket.region().equals(source.region()))
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because(
                        "There is no destination bucket " + destination.bucket() + " in " + source.region() + "."));
        String folder = configuration.folder(
                source.appId(), BucketName.parseLenient(source.name()).name());
        ObjectKey.check(folder, ObjectKey.MAX_BYTES - FILE_NAME_BYTES);
        writers.require(request, target, folder);
    }
}
