package coffer.housekeeping;

import coffer.address.BucketName;
import coffer.bucket.Bucket;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryRun;
import coffer.inventory.InventorySchedule;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The document that says which files a report has; with it, the report is there. Source: COS docs, "Inventory Overview". */
final class InventoryManifest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private InventoryManifest() {}

    /** The key, but for its ending. */
    static String key(Bucket bucket, InventoryConfiguration configuration, InventoryRun run) {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(
                run.asked().atOffset(InventorySchedule.ZONE).toLocalDate());
        return folder(bucket, configuration) + day + "/manifest.";
    }

    static String folder(Bucket bucket, InventoryConfiguration configuration) {
        BucketName name = BucketName.parseLenient(bucket.name());
        return configuration.folder(name.appId(), name.name());
    }

    /** All its numbers are texts. */
    static byte[] document(Bucket bucket, InventoryConfiguration configuration, InventoryRun run) {
        BucketName source = BucketName.parseLenient(bucket.name());
        BucketName target = BucketName.parseLenient(configuration.destination().bucket());
        ObjectNode root = JSON.createObjectNode()
                .put("sourceAppid", source.appId())
                .put("sourceBucket", source.name())
                .put("destinationAppid", target.appId())
                .put("destinationBucket", target.name())
                .put("fileFormat", "CSV")
                .put("listObjectCount", Long.toString(run.listed().objects()))
                .put("listStorageSize", Long.toString(run.listed().bytes()))
                .put("filterObjectCount", Long.toString(run.reported().objects()))
                .put("filterStorageSize", Long.toString(run.reported().bytes()))
                .put("fileSchema", String.join(", ", configuration.columns()));
        ArrayNode files = root.putArray("files");
        for (InventoryRun.ReportFile file : run.files()) {
            files.addObject()
                    .put("key", file.key())
                    .put("size", Long.toString(file.sizeBytes()))
                    .put("md5Checksum", file.md5());
        }
        return JSON.writeValueAsBytes(root);
    }
}
