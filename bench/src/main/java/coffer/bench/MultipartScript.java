package coffer.bench;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Initiates, uploads four parts, completes; and again. From the first to the last is one operation. */
final class MultipartScript implements Script {
    private static final int PARTS = 4;
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

    private final Target target;
    private final Payload payload;
    private final String key;
    private String uploadId = "";
    private int step;

    MultipartScript(Target target, Payload payload, String key) {
        this.target = target;
        this.payload = payload;
        this.key = key;
    }

    @Override
    public Optional<Shot> next(String answer) {
        return Optional.of(shot(answer));
    }

    private Shot shot(String answer) {
        int now = step;
        step = (step + 1) % (PARTS + 2);
        if (now == 0) {
            return Shot.of(target.head("POST", key, new TreeMap<>(Map.of("uploads", "")), 0))
                    .keepingAnswer()
                    .timed(Shot.Timing.FIRST);
        }
        if (now == 1) {
            Matcher matcher = UPLOAD_ID.matcher(answer);
            uploadId = matcher.find() ? matcher.group(1) : "none";
        }
        if (now <= PARTS) {
            Map<String, String> query = Map.of("partNumber", Integer.toString(now), "uploadId", uploadId);
            return Shot.of(target.head("PUT", key, new TreeMap<>(query), payload.sizeBytes()))
                    .with(payload.body(now))
                    .timed(Shot.Timing.NONE);
        }
        return complete();
    }

    private Shot complete() {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (int part = 1; part <= PARTS; part++) {
            xml.append("<Part><PartNumber>").append(part).append("</PartNumber><ETag>\"");
            xml.append(payload.etag(part)).append("\"</ETag></Part>");
        }
        byte[] document = xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.US_ASCII);
        return Shot.of(target.head("POST", key, new TreeMap<>(Map.of("uploadId", uploadId)), document.length))
                .with(Unpooled.wrappedBuffer(document))
                .timed(Shot.Timing.LAST);
    }
}
