package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.List;
import java.util.Optional;

/**
 * Source: COS API reference, "DELETE Multiple Objects". The Java SDK leaves Quiet out when it is false; a missing key is
 * reported as deleted.
 */
public final class DeleteMultipleObjects implements Handler {
    private static final int MAX_KEYS = 1000;
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;

    public DeleteMultipleObjects(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Element document = request.document(MAX_DOCUMENT_BYTES);
        List<Element> listed = document.all("Object");
        if (!document.name().equals("Delete") || listed.isEmpty() || listed.size() > MAX_KEYS) {
            throw CosError.MALFORMED_XML.because("Delete must name 1 to " + MAX_KEYS + " objects.");
        }
        boolean quiet =
                document.childText("Quiet").filter("true"::equalsIgnoreCase).isPresent();
        XmlWriter xml = new XmlWriter().open("DeleteResult");
        for (Element object : listed) {
            delete(bucket, object, quiet, xml);
        }
        return CosResponse.xml(xml.close("DeleteResult"));
    }

    private void delete(Bucket bucket, Element object, boolean quiet, XmlWriter xml) {
        String key = object.child("Key").map(Element::content).orElse("");
        Optional<String> versionId = object.childText("VersionId").filter(id -> !id.isEmpty());
        try {
            ObjectKey.check(key);
            if (Versions.isNull(versionId)) {
                objects.delete(bucket, key);
            }
            if (!quiet) {
                xml.open("Deleted").element("Key", key);
                versionId.ifPresent(id -> xml.element("VersionId", id));
                xml.close("Deleted");
            }
        } catch (CosException e) {
            xml.open("Error").element("Key", key);
            versionId.ifPresent(id -> xml.element("VersionId", id));
            xml.element("Code", e.error().code())
                    .element("Message", e.message())
                    .close("Error");
        }
    }
}
