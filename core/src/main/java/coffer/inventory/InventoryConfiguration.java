package coffer.inventory;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the lists that a bucket has made. Source: COS API reference, "PUT Bucket inventory", "POST Bucket inventory".
 *
 * @param id 1 to 64 characters of {@code [A-Za-z0-9._-]}
 * @param isEnabled whether it is made
 * @param withVersions whether all versions and delete markers are in it, rather than what is current
 * @param schedule empty if it is made once
 */
public record InventoryConfiguration(
        String id,
        boolean isEnabled,
        InventoryDestination destination,
        Optional<InventorySchedule> schedule,
        InventoryFilter filter,
        boolean withVersions,
        InventoryFields fields) {
    private static final String ROOT = "InventoryConfiguration";
    private static final String ENABLED = "IsEnabled";
    private static final String VERSIONS = "IncludedObjectVersions";
    private static final String SCHEDULE = "Schedule";

    /** The reference says no length; that of S3 is 64. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public InventoryConfiguration {
        if (!filter.tags().isEmpty() && !fields.names().contains(InventoryFields.TAG)) {
            throw CosError.INVALID_ARGUMENT.because(
                    "A Filter by Tag needs the Field " + InventoryFields.TAG + " among the OptionalFields.");
        }
    }

    /**
     * Checks an id.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The id of an inventory must be 1 to 64 letters, digits, hyphens, underscores and dots.");
        }
        return id;
    }

    /**
     * Reads the document of one that is made again and again.
     *
     * @param id that the request names; the document names the same
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidTag}, {@code NotImplemented}
     */
    public static InventoryConfiguration read(String id, Element root) {
        boolean isEnabled = Words.either(ENABLED, root.named(ROOT).required(ENABLED), "true", "false");
        return read(id, root, isEnabled, Optional.of(InventorySchedule.read(required(root, SCHEDULE))));
    }

    /** The same of one that is made once. */
    public static InventoryConfiguration readOneTime(String id, Element root) {
        for (String no : List.of(ENABLED, SCHEDULE)) {
            if (root.named(ROOT).child(no).isPresent()) {
                throw CosError.INVALID_ARGUMENT.because("An inventory that is made once has no element " + no + ".");
            }
        }
        return read(id, root, true, Optional.empty());
    }

    /** Reads what {@link #write} wrote for the store. */
    public static InventoryConfiguration readStored(Element root) {
        String id = root.required("Id");
        return root.child(SCHEDULE).isPresent() ? read(id, root) : readOneTime(id, root);
    }

    private static InventoryConfiguration read(
            String id, Element root, boolean isEnabled, Optional<InventorySchedule> schedule) {
        if (!root.required("Id").equals(requireId(id))) {
            throw CosError.INVALID_ARGUMENT.because("Id must be the parameter id of the request, '" + id + "'.");
        }
        return new InventoryConfiguration(
                id,
                isEnabled,
                InventoryDestination.read(required(root, "Destination")),
                schedule,
                root.child("Filter").map(InventoryFilter::read).orElse(InventoryFilter.ALL),
                Words.either(VERSIONS, root.required(VERSIONS), "All", "Current"),
                InventoryFields.read(root.child("OptionalFields")));
    }

    private static Element required(Element root, String name) {
        return root.child(name)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element " + ROOT + " must have a child element " + name + "."));
    }

    /** Writes the document. */
    public void write(XmlWriter xml, InventoryWords words) {
        xml.open(ROOT).element("Id", id);
        if (schedule.isPresent()) {
            xml.element(ENABLED, isEnabled);
        }
        destination.write(xml, words);
        schedule.ifPresent(times -> times.write(xml));
        filter.write(xml);
        xml.element(VERSIONS, withVersions ? "All" : "Current");
        fields.write(xml);
        xml.close(ROOT);
    }

    /**
     * When its next report was to be made.
     *
     * @param since when the last was made, or it was set
     * @param now the last time that counts
     * @return the last time it was due, if it was due at all
     */
    public Optional<Instant> due(Instant since, Instant now) {
        return schedule.filter(_ -> isEnabled).map(times -> times.last(now)).filter(last -> last.isAfter(since));
    }

    /** The columns of the report. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("Appid", "Bucket", "Key"));
        if (withVersions) {
            columns.addAll(List.of("VersionId", "IsLatest", "IsDeleteMarker"));
        }
        columns.addAll(fields.names());
        return columns;
    }

    /**
     * Where the keys of its reports begin.
     *
     * @param appId of the bucket it is about
     * @param bucket its name without APPID
     */
    public String folder(String appId, String bucket) {
        return destination.folder() + appId + "/" + bucket + "/" + id + "/";
    }
}
