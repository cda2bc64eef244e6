package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.ObjectDelivery;
import coffer.object.ObjectVersion;
import coffer.object.StreamBody;
import coffer.request.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the report of a job that is over: a file of what succeeded and one of what failed, then a manifest that names them.
 * It may be done again; the files are the same then.
 */
final class ReportWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BatchJobs jobs;
    private final BucketService buckets;
    private final ObjectDelivery delivery;

    ReportWriter(BatchJobs jobs, BucketService buckets, ObjectDelivery delivery) {
        this.jobs = jobs;
        this.buckets = buckets;
        this.delivery = delivery;
    }

    /**
     * The bucket that reports go to.
     *
     * @throws CosException {@code InvalidRequest} if it is not there or of another account
     */
    static Bucket target(BucketService buckets, JobReport report, String appId) {
        return buckets.find(report.bucket().bucket())
                .filter(bucket -> bucket.appId().equals(appId))
                .filter(bucket -> bucket.region().equals(report.bucket().region()))
                .orElseThrow(() -> CosError.INVALID_REQUEST.because("The account has no bucket "
                        + report.bucket().bucket() + " in " + report.bucket().region() + " for the report."));
    }

    /**
     * Writes it.
     *
     * @throws CosException what a client would be told
     */
    void write(Job job, JobReport report, Instant now) {
        Bucket bucket =
                target(buckets, report, job.creator().principal().account().appId());
        String folder = report.folder(job.id());
        ObjectNode root = JSON.createObjectNode()
                .put("Format", "Report_CSV_V1")
                .put("ReportCreationDate", HttpDate.iso(now))
                .put("ReportSchema", TaskResult.SCHEMA);
        ArrayNode results = root.putArray("Results");
        if (!report.onlyFailed() && job.progress().succeeded() > 0) {
            file(job, bucket, folder, "succeeded", BatchJobs.Page::succeeded, results);
        }
        if (job.progress().failed() > 0) {
            file(job, bucket, folder, "failed", BatchJobs.Page::failed, results);
        }
        put(bucket, folder + "manifest.json", "application/json", StreamBody.of(JSON.writeValueAsBytes(root)));
    }

    private void file(
            Job job,
            Bucket bucket,
            String folder,
            String outcome,
            Function<BatchJobs.Page, String> lines,
            ArrayNode results) {
        String key = folder + "results/" + outcome + ".csv";
        try (Lines in = new Lines(job, lines)) {
            put(bucket, key, "text/csv", new StreamBody(in, -1));
            results.addObject()
                    .put("TaskExecutionStatus", outcome)
                    .put("Bucket", bucket.name())
                    .put("Key", key)
                    .put("MD5Checksum", HexFormat.of().formatHex(in.md5.digest()));
        }
    }

    private void put(Bucket bucket, String key, String contentType, StreamBody body) {
        ObjectVersion _ = delivery.deliver(bucket, key, Headers.of("Content-Type", contentType), body);
    }

    /** The lines of all pages, one after the other. Used by one thread. */
    private final class Lines extends InputStream {
        private final Job job;
        private final Function<BatchJobs.Page, String> lines;
        private final MessageDigest md5 = Digests.md5();
        private byte[] page = new byte[0];
        private int taken;
        private long number;

        Lines(Job job, Function<BatchJobs.Page, String> lines) {
            this.job = job;
            this.lines = lines;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            while (taken == page.length) {
                Optional<BatchJobs.Page> next = jobs.page(job, number++);
                if (next.isEmpty()) {
                    return -1;
                }
                page = lines.apply(next.get()).getBytes(StandardCharsets.UTF_8);
                taken = 0;
            }
            int count = Math.min(length, page.length - taken);
            System.arraycopy(page, taken, target, offset, count);
            md5.update(page, taken, count);
            taken += count;
            return count;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
