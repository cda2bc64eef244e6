package coffer.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.request.Protocol;
import coffer.s3.S3Error;

/** Renders errors of websites, for people. Source: what the website endpoints of COS and S3 answer. */
final class ErrorHtml {
    private static final int METHOD_NOT_ALLOWED = 405;

    private ErrorHtml() {}

    /** @param head whether the answer must not have a body */
    static CosResponse of(CosException error, Protocol protocol, RequestIds ids, boolean head) {
        S3Error known = protocol == Protocol.S3
                ? S3Error.of(error)
                : new S3Error(error.error().status(), error.error().code());
        // In answers to HEAD, the only place where it is said which error it is.
        CosResponse response = CosResponse.of(known.status())
                .with("Content-Type", "text/html; charset=utf-8")
                .with("x-cos-error-code", known.code())
                .withAll(error.headers());
        if (known.status() == METHOD_NOT_ALLOWED) {
            response = response.with("Allow", "GET, HEAD, OPTIONS");
        }
        return head ? response : response.withBody(new ResponseBody.Bytes(page(error, known, protocol, ids)));
    }

    private static byte[] page(CosException error, S3Error known, Protocol protocol, RequestIds ids) {
        String title = known.status() + " " + known.code();
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html>\n<head><title>")
                .append(escaped(title))
                .append("</title></head>\n<body>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n<ul>\n");
        item(html, "Code", known.code());
        item(html, "Message", error.message());
        error.details().forEach((name, text) -> item(html, name, text));
        item(html, "RequestId", ids.requestId());
        item(html, protocol == Protocol.S3 ? "HostId" : "TraceId", ids.traceId());
        return html.append("</ul>\n</body>\n</html>\n").toString().getBytes(UTF_8);
    }

    private static void item(StringBuilder html, String name, String text) {
        html.append("<li>")
                .append(escaped(name))
                .append(": ")
                .append(escaped(text))
                .append("</li>\n");
    }

    /** As text between tags. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
