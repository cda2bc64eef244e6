package coffer.conformance.background;

import coffer.conformance.Account;
import com.qcloud.cos.model.inventory.InventoryConfiguration;
import com.qcloud.cos.model.inventory.InventoryCosBucketDestination;
import com.qcloud.cos.model.inventory.InventoryDestination;
import com.qcloud.cos.model.inventory.InventoryFormat;
import com.qcloud.cos.model.inventory.InventoryFrequency;
import com.qcloud.cos.model.inventory.InventoryIncludedObjectVersions;
import com.qcloud.cos.model.inventory.InventoryOptionalField;
import com.qcloud.cos.model.inventory.InventorySchedule;

/** Inventories as the Java SDK makes them, whose reports go below {@code inv/} in the bucket {@code reports}. */
final class SampleInventory {
    private SampleInventory() {}

    /** One that is made once, with all fields that the SDK knows. */
    static InventoryConfiguration once(String id) {
        InventoryCosBucketDestination target = new InventoryCosBucketDestination();
        target.setBucketArn("qcs::cos:" + Account.REGION + "::reports-" + Account.APPID);
        target.setFormat(InventoryFormat.CSV);
        target.setPrefix("inv");
        InventoryConfiguration configuration = new InventoryConfiguration();
        configuration.setId(id);
        configuration.setDestination(new InventoryDestination().withCosBucketDestination(target));
        configuration.setIncludedObjectVersions(InventoryIncludedObjectVersions.Current);
        for (InventoryOptionalField field : InventoryOptionalField.values()) {
            configuration.addOptionalField(field);
        }
        return configuration;
    }

    /** One that is made every day. */
    static InventoryConfiguration daily(String id) {
        InventoryConfiguration configuration = once(id);
        configuration.setEnabled(true);
        configuration.setSchedule(new InventorySchedule().withFrequency(InventoryFrequency.Daily));
        return configuration;
    }
}
