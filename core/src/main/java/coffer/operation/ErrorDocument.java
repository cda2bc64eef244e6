package coffer.operation;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;
import coffer.s3.S3Error;
import coffer.s3.S3Headers;

/** Renders errors. */
final class ErrorDocument {
    private static final String ROOT = "Error";

    private ErrorDocument() {}

    /**
     * The answer to a failed request of a COS client. Source: COS API reference, "Error Codes". The Python SDK gives a
     * document up if one of the elements is missing or empty, the Java SDK if one is nested.
     *
     * @param resource what it was about, unless the error knows better
     * @param head whether the answer must not have a body
     */
    static CosResponse ofCos(CosException error, String resource, RequestIds ids, boolean head) {
        XmlWriter xml = begun(error, error.error().code(), error.message(), resource)
                .element("RequestId", ids.requestId())
                .element("TraceId", ids.traceId());
        return answer(error, error.error().status(), xml, head).withAll(error.headers());
    }

    /** The answer to a failed request of an S3 client. Source: S3 API reference, "Error Responses". */
    static CosResponse ofS3(CosException error, String resource, RequestIds ids, boolean head) {
        S3Error known = S3Error.of(error);
        XmlWriter xml = begun(error, known.code(), S3Error.message(error), resource)
                .element("RequestId", ids.requestId())
                .element("HostId", ids.traceId());
        return answer(error, known.status(), xml, head).withAll(S3Headers.toS3(error.headers()));
    }

    private static XmlWriter begun(CosException error, String code, String message, String resource) {
        String about = error.resource().orElse(resource);
        return new XmlWriter()
                .open(ROOT)
                .element("Code", code)
                .element("Message", message)
                .element("Resource", about.isEmpty() ? "/" : about);
    }

    private static CosResponse answer(CosException error, int status, XmlWriter begun, boolean head) {
        error.details().forEach(begun::element);
        CosResponse response = CosResponse.of(status).with("Content-Type", "application/xml");
        boolean bodiless = head || status == 304;
        return bodiless
                ? response
                : response.withBody(new ResponseBody.Bytes(begun.close(ROOT).toBytes()));
    }
}
