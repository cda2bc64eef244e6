package coffer.bucket;

import coffer.api.CosError;
import coffer.api.Element;
import coffer.inventory.InventoryWords;
import java.util.function.BiFunction;

/**
 * How clients speak of inventories.
 *
 * @param understood a document in the words of COS, given the bucket and the document that was sent
 * @param words of documents that are answered
 * @param list the root of the list
 * @param absent what is answered if there is none
 * @param isAbsenceAnError whether one that is not there cannot be removed
 */
public record InventoryDialect(
        BiFunction<Bucket, Element, Element> understood,
        InventoryWords words,
        String list,
        CosError absent,
        boolean isAbsenceAnError) {
    /** That of COS. */
    public static final InventoryDialect COS = new InventoryDialect(
            (bucket, document) -> document,
            InventoryWords.COS,
            "ListInventoryConfigurationResult",
            CosError.INVENTORY_CONFIGURATION_NOT_FOUND,
            false);
}
