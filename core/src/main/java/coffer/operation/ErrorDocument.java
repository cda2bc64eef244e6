package coffer.operation;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;

/**
 * Renders errors. Source: COS API reference, "Error Codes". The Python SDK gives a document up if one of the elements
 * is missing or empty, the Java SDK if one is nested.
 */
final class ErrorDocument {
    private ErrorDocument() {}

    /**
     * The answer to a failed request.
     *
     * @param resource what it was about, unless the error knows better
     * @param head whether the answer must not have a body
     */
    static CosResponse render(CosException error, String resource, RequestIds ids, boolean head) {
        String about = error.resource().orElse(resource);
        XmlWriter xml = new XmlWriter()
                .open("Error")
                .element("Code", error.error().code())
                .element("Message", error.message())
                .element("Resource", about.isEmpty() ? "/" : about)
                .element("RequestId", ids.requestId())
                .element("TraceId", ids.traceId());
        error.details().forEach(xml::element);
        CosResponse response = CosResponse.of(error.error().status())
                .with("Content-Type", "application/xml")
                .withAll(error.headers());
        return head
                ? response
                : response.withBody(new ResponseBody.Bytes(xml.close("Error").toBytes()));
    }
}
