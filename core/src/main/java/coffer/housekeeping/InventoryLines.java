package coffer.housekeeping;

import static coffer.inventory.InventoryFields.METADATA;

import coffer.address.BucketName;
import coffer.api.HttpDate;
import coffer.api.PercentCode;
import coffer.bucket.Bucket;
import coffer.housekeeping.InventoryEntries.Entry;
import coffer.inventory.InventoryConfiguration;
import coffer.inventory.InventoryFields;
import coffer.object.ObjectVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a report says of objects: a line of CSV for each, without a head, quoted where a value has a comma, a quote or a line
 * break. Source: COS docs, "Inventory Overview".
 */
final class InventoryLines {
    private final String appId;
    private final String bucket;
    private final InventoryConfiguration configuration;
    private final List<String> columns;

    InventoryLines(Bucket bucket, InventoryConfiguration configuration) {
        BucketName name = BucketName.parseLenient(bucket.name());
        this.appId = name.appId();
        this.bucket = name.name();
        this.configuration = configuration;
        this.columns = configuration.columns();
    }

    /** Whether something is in the report. */
    boolean has(Entry entry) {
        return configuration
                .filter()
                .matches(
                        entry.key(),
                        entry.version()
                                .map(version -> version.attributes().tags().all())
                                .orElse(Map.of()),
                        entry.version()
                                .map(version ->
                                        version.attributes().storageClass().name())
                                .orElse(""),
                        entry.modified());
    }

    /** The line of something, with its end. */
    String of(Entry entry) {
        return columns.stream().map(column -> quoted(value(column, entry))).collect(Collectors.joining(",", "", "\n"));
    }

    private String value(String column, Entry entry) {
        return switch (column) {
            case "Appid" -> appId;
            case "Bucket" -> bucket;
            case "Key" -> PercentCode.encodeKey(entry.key());
            case "VersionId" -> entry.versionId();
            case "IsLatest" -> Boolean.toString(entry.isLatest());
            case "IsDeleteMarker" -> Boolean.toString(entry.version().isEmpty());
            case InventoryFields.LAST_MODIFIED -> HttpDate.isoMillis(entry.modified());
            default -> entry.version().map(version -> value(column, version)).orElse("");
        };
    }

    private static String value(String column, ObjectVersion version) {
        return switch (column) {
            case InventoryFields.SIZE -> Long.toString(version.sizeBytes());
            case InventoryFields.ETAG -> version.etag();
            case InventoryFields.STORAGE_CLASS ->
                mixedCase(version.attributes().storageClass().name());
            case InventoryFields.IS_MULTIPART ->
                Boolean.toString(version.uploadId().isPresent());
            case InventoryFields.REPLICATION ->
                version.replication()
                        .map(state -> state.status().toLowerCase(Locale.ROOT))
                        .orElse("");
            case InventoryFields.TAG -> version.attributes().tags().header();
            case InventoryFields.CRC64 -> Long.toUnsignedString(version.crc64());
            default ->
                metadata(
                        column.substring(METADATA.length()),
                        version.attributes().metadata());
        };
    }

    private static String metadata(String name, Map<String, String> all) {
        return name.equals("*")
                ? all.entrySet().stream()
                        .map(one -> PercentCode.encode(one.getKey()) + "=" + PercentCode.encode(one.getValue()))
                        .collect(Collectors.joining("&"))
                : all.getOrDefault(name, "");
    }

    /** {@code Standard_IA}, as reports spell storage classes. */
    static String mixedCase(String storageClass) {
        return List.of(storageClass.split("_")).stream()
                .map(word -> word.equals("IA") || word.equals("MAZ")
                        ? word
                        : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
