package coffer.s3;

import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.Element;
import coffer.bucket.Bucket;
import coffer.bucket.InventoryDialect;
import coffer.inventory.InventoryWords;

/**
 * Inventories in the words of S3, which has other names for buckets. The reports are the same. Source: S3 API reference,
 * "PutBucketInventoryConfiguration", "ListBucketInventoryConfigurations".
 */
public final class S3Inventory {
    private static final String DESTINATION = "S3BucketDestination";
    private static final String ENCRYPTION = "SSE-S3";
    private static final String ARN = "arn:aws:s3:::";

    /** How S3 clients speak of them. */
    public static final InventoryDialect DIALECT = new InventoryDialect(
            S3Inventory::understood,
            new InventoryWords(
                    DESTINATION,
                    ENCRYPTION,
                    destination ->
                            ARN + BucketName.parseLenient(destination.bucket()).name()),
            "ListInventoryConfigurationsResult",
            CosError.NO_SUCH_CONFIGURATION,
            true);

    private S3Inventory() {}

    private static Element understood(Bucket bucket, Element element) {
        return switch (element.name()) {
            case DESTINATION -> renamed(bucket, element, "COSBucketDestination");
            case ENCRYPTION -> renamed(bucket, element, "SSE-COS");
            default -> renamed(bucket, element, element.name());
        };
    }

    private static Element renamed(Bucket bucket, Element element, String name) {
        String text = element.text();
        String content = name.equals("Bucket") && text.startsWith(ARN)
                ? "qcs::cos:" + bucket.region() + "::" + S3BucketNames.own(text.substring(ARN.length()), bucket.appId())
                : element.content();
        return new Element(
                name,
                content,
                element.children().stream()
                        .map(child -> understood(bucket, child))
                        .toList());
    }
}
