package coffer.remote;

import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** An object that is written to another store in parts. Thread-safe. */
public final class RemoteUpload {
    private static final int MAX_DOCUMENT = 1024 * 1024;
    private static final List<Headers.Header> NONE = List.of();

    private final RemoteClient client;
    private final String key;
    private final String id;

    RemoteUpload(RemoteClient client, String key, String id) {
        this.client = client;
        this.key = key;
        this.id = id;
    }

    /** Begins one with these headers of the object. */
    static RemoteUpload begin(RemoteClient client, String key, List<Headers.Header> headers) {
        List<Headers.Header> uploads = List.of(new Headers.Header("uploads", ""));
        OutboundRequest.Body empty = new OutboundRequest.Body(new ByteArrayInputStream(new byte[0]), 0);
        try (OutboundAnswer answer = client.send("POST", key, uploads, headers, Optional.of(empty))) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, "POST " + key);
            }
            return new RemoteUpload(
                    client, key, Element.parse(answer.bytes(MAX_DOCUMENT)).required("UploadId"));
        }
    }

    /**
     * Sends a part.
     *
     * @param number from 1 to 10,000
     * @return its ETag as the store wrote it
     */
    public String part(int number, OutboundRequest.Body body) {
        List<Headers.Header> query =
                List.of(new Headers.Header("partNumber", Integer.toString(number)), new Headers.Header("uploadId", id));
        try (OutboundAnswer answer = client.send("PUT", key, query, NONE, Optional.of(body))) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, "PUT " + key);
            }
            return answer.headers().first("ETag").orElse("");
        }
    }

    /**
     * Makes the object of its parts.
     *
     * @param etags of the parts by their numbers
     * @return the ETag of the object, as the store wrote it
     */
    public String complete(SortedMap<Integer, String> etags) {
        XmlWriter document = new XmlWriter().open("CompleteMultipartUpload");
        etags.forEach((number, etag) -> document.open("Part")
                .element("PartNumber", number)
                .element("ETag", etag)
                .close("Part"));
        byte[] complete = document.close("CompleteMultipartUpload").toBytes();
        OutboundRequest.Body list = new OutboundRequest.Body(new ByteArrayInputStream(complete), complete.length);
        try (OutboundAnswer answer = client.send("POST", key, query(), NONE, Optional.of(list))) {
            byte[] said = answer.bytes(MAX_DOCUMENT);
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer.status(), said, "POST " + key);
            }
            // An error may come behind a 200, when it has taken long.
            if (!RemoteException.text(said, "Code").isEmpty()) {
                throw RemoteException.of(500, said, "POST " + key);
            }
            return RemoteException.text(said, "ETag");
        }
    }

    /** Gives it up, as far as the store lets it; whether it is gone. */
    public boolean abort() {
        try (OutboundAnswer answer = client.send("DELETE", key, query(), NONE, Optional.empty())) {
            return answer.isSuccess() || answer.status() == 404;
        } catch (OutboundException e) {
            // the other store keeps the parts until its rules abort the upload
            return false;
        }
    }

    private List<Headers.Header> query() {
        return List.of(new Headers.Header("uploadId", id));
    }
}
