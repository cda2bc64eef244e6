package coffer.select;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.ResponseBody;
import coffer.object.ContentReader;
import coffer.object.ObjectContent;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Source: COS API reference, "SELECT Object Content"; S3 API reference, "SelectObjectContent". What is wrong before the
 * first frame leaves is an ordinary error; later it is a frame.
 */
public final class SelectObjectContent implements Handler {
    /** Escaped, an expression of 256 KB may become several times as long. */
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private final ContentReader objects;
    private final InstantSource clock;
    private final Selects selects;

    public SelectObjectContent(ContentReader objects, InstantSource clock, Selects selects) {
        this.objects = objects;
        this.clock = clock;
        this.selects = selects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        SelectEngine engine = selects.engine();
        if (!request.query().nonEmpty("select-type").equals(Optional.of("2"))) {
            throw CosError.INVALID_REQUEST_PARAMETER.because("The parameter select-type must be there, as 2.");
        }
        if (request.headers().nonEmpty("Range").isPresent()) {
            throw CosError.INVALID_REQUEST_PARAMETER.because(
                    "A query has no Range header; its document may have a ScanRange.");
        }
        SelectRequest asked = SelectDocument.read(request.protocol(), document(request));
        SelectEngine.Query query = engine.prepare(asked, clock.instant());
        ObjectContent content = objects.open(request);
        SelectRun run = selects.start(query, content);
        boolean answered = false;
        try {
            SelectRun.Signal first = run.poll(selects.limits().beforeAnswer());
            if (first instanceof SelectRun.End end && end.failure().isPresent()) {
                throw end.failure().get();
            }
            SelectAnswer answer = new SelectAnswer(run, selects.limits(), asked.progress(), request.requestId(), first);
            answered = true;
            return CosResponse.ok()
                    .with("Content-Type", "application/octet-stream")
                    .withBody(new ResponseBody.Streamed(answer));
        } finally {
            if (!answered) {
                run.stop();
            }
        }
    }

    private static Element document(CosRequest request) {
        try {
            return request.document(MAX_DOCUMENT_BYTES);
        } catch (CosException e) {
            boolean isOfCos = e.error() == CosError.MALFORMED_XML && request.protocol() == Protocol.COS;
            throw isOfCos ? CosError.INVALID_XML.because(e.message()) : e;
        }
    }
}
