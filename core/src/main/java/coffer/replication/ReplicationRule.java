package coffer.replication;

import coffer.api.CosError;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is copied where. Source: COS API reference, "PUT Bucket replication"; S3 API reference, "PutBucketReplication", for
 * filters, priorities and existing objects.
 *
 * @param id 1 to 255 characters
 * @param enabled whether anything is copied
 * @param priority of two rules to one bucket the higher one counts; 0 if it was not given
 * @param prefix that keys must begin with; empty for any
 * @param tags that objects must have
 * @param shape how its filter was written, and is written back
 * @param storageClass of the copies, as it was sent; empty for that of the source
 * @param deleteMarkers whether delete markers are copied
 * @param existing whether objects are copied that are older than the rule
 */
public record ReplicationRule(
        String id,
        boolean enabled,
        int priority,
        String prefix,
        Tags tags,
        Shape shape,
        ReplicaTarget target,
        Optional<String> storageClass,
        boolean deleteMarkers,
        Optional<Boolean> existing) {
    /** What the names of the queues of what is to be copied begin with. */
    public static final String QUEUES = "replication/";

    private static final int MAX_ID_LENGTH = 255;
    private static final Tags UNTAGGED = Tags.none(TagLimits.OBJECT);

    /** How a filter can be written. */
    enum Shape {
        PREFIX,
        FILTER,
        FILTER_TAG,
        AND
    }

    /** The queue of what is to be copied. */
    public String queue() {
        return QUEUES + id;
    }

    /** Whether objects are copied that are older than the rule. */
    public boolean copiesExisting() {
        return enabled && existing.orElse(false);
    }

    /** Whether an object is to be copied. */
    public boolean concerns(String key, Tags ofObject) {
        return enabled
                && key.startsWith(prefix)
                && ofObject.all().entrySet().containsAll(tags.all().entrySet());
    }

    static ReplicationRule read(Element element, String made) {
        refuse(element);
        String id = element.childText("ID").filter(text -> !text.isEmpty()).orElse(made);
        if (id.length() > MAX_ID_LENGTH) {
            throw CosError.INVALID_ARGUMENT.because("An ID has at most " + MAX_ID_LENGTH + " characters.");
        }
        Element destination = element.child("Destination")
                .orElseThrow(() -> CosError.MALFORMED_XML.because("Rule must have a child element Destination."));
        Optional<Element> filter = element.child("Filter");
        Optional<Element> and = filter.flatMap(found -> found.child("And"));
        Element where = and.or(() -> filter).orElse(element);
        Shape shape = and.isPresent()
                ? Shape.AND
                : filter.isEmpty()
                        ? Shape.PREFIX
                        : filter.get().child("Tag").isPresent() ? Shape.FILTER_TAG : Shape.FILTER;
        Tags tags = filter.isPresent() ? Tags.ofElements(TagLimits.OBJECT, where.all("Tag")) : UNTAGGED;
        Optional<Boolean> markers = status(element, "DeleteMarkerReplication");
        if (!tags.isEmpty() && markers.orElse(false)) {
            throw CosError.INVALID_ARGUMENT.because(
                    "Delete markers have no tags: set DeleteMarkerReplication to Disabled.");
        }
        return new ReplicationRule(
                id,
                Words.either("Status", element.required("Status"), "Enabled", "Disabled"),
                element.childText("Priority")
                        .map(text -> (int) Numbers.within("Priority", text, 0, Integer.MAX_VALUE))
                        .orElse(0),
                where.childText("Prefix").orElse(""),
                tags,
                shape,
                ReplicaTarget.parse(destination.required("Bucket")),
                destination.childText("StorageClass").filter(text -> !text.isEmpty()),
                markers.orElse(tags.isEmpty()),
                status(element, "ExistingObjectReplication"));
    }

    private static Optional<Boolean> status(Element element, String name) {
        return element.child(name)
                .map(child -> Words.either(name + "/Status", child.required("Status"), "Enabled", "Disabled"));
    }

    /** What would change what copies are like, and is not done here. */
    private static void refuse(Element element) {
        boolean chosenKeys = element.child("SourceSelectionCriteria").isPresent();
        Optional<Element> destination = element.child("Destination");
        for (String name : new String[] {"EncryptionConfiguration", "AccessControlTranslation", "Account", "Metrics"}) {
            if (destination.flatMap(found -> found.child(name)).isPresent()) {
                throw CosError.NOT_IMPLEMENTED.because(name + " of a replication is not available on this server yet.");
            }
        }
        boolean inTime =
                destination.flatMap(found -> found.child("ReplicationTime")).isPresent();
        if (chosenKeys || inTime) {
            throw CosError.NOT_IMPLEMENTED.because((chosenKeys ? "SourceSelectionCriteria" : "ReplicationTime")
                    + " of a replication is not available on this server yet.");
        }
    }

    void write(XmlWriter xml, UnaryOperator<String> className) {
        xml.open("Rule").element("ID", id).element("Status", enabled ? "Enabled" : "Disabled");
        if (priority > 0 || shape != Shape.PREFIX) {
            xml.element("Priority", priority);
        }
        if (shape != Shape.PREFIX) {
            xml.open("Filter");
        }
        if (shape == Shape.AND) {
            xml.open("And");
        }
        if (shape != Shape.FILTER_TAG) {
            xml.element("Prefix", prefix);
        }
        tags.writeElements(xml);
        if (shape == Shape.AND) {
            xml.close("And");
        }
        if (shape != Shape.PREFIX) {
            xml.close("Filter");
        }
        xml.open("Destination").element("Bucket", target.text());
        storageClass.ifPresent(name -> xml.element("StorageClass", className.apply(name)));
        xml.close("Destination");
        status(xml, "DeleteMarkerReplication", deleteMarkers);
        existing.ifPresent(wanted -> status(xml, "ExistingObjectReplication", wanted));
        xml.close("Rule");
    }

    private static void status(XmlWriter xml, String name, boolean enabled) {
        xml.open(name).element("Status", enabled ? "Enabled" : "Disabled").close(name);
    }
}
