package coffer.inventory;

import java.util.function.Function;

/**
 * How a dialect says where reports go.
 *
 * @param destination the element of a bucket
 * @param encryption the element that says that the server encrypts
 * @param bucket what a bucket is called
 */
public record InventoryWords(String destination, String encryption, Function<InventoryDestination, String> bucket) {
    /** Those of COS. */
    public static final InventoryWords COS = new InventoryWords(
            InventoryDestination.COS,
            "SSE-COS",
            destination -> "qcs::cos:" + destination.region() + "::" + destination.bucket());
}
