package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;

/**
 * What is written about a job when it ends. Source: COS API reference, "Batch operations, common elements".
 *
 * @param bucket where it goes
 * @param prefix of its keys
 * @param onlyFailed whether only what failed is in it
 */
record JobReport(CosArn bucket, String prefix, boolean onlyFailed) {
    private static final int MAX_PREFIX = 256;

    /**
     * Reads a {@code Report} element.
     *
     * @return empty if there is to be none
     * @throws CosException {@code MalformedXML}, {@code InvalidRequest}, {@code InvalidArgument}
     */
    static Optional<JobReport> read(Element report) {
        JobOperation.requireOnly(report, List.of("Bucket", "Enabled", "Format", "Prefix", "ReportScope"));
        if (!Words.either("Enabled", report.required("Enabled"), "true", "false")) {
            return Optional.empty();
        }
        if (!report.required("Format").equals("Report_CSV_V1")) {
            throw CosError.INVALID_REQUEST.because("The Format of a Report is Report_CSV_V1.");
        }
        String prefix = report.child("Prefix").map(Element::content).orElse("");
        if (prefix.length() > MAX_PREFIX) {
            throw CosError.INVALID_REQUEST.because("The Prefix of a Report has at most " + MAX_PREFIX + " characters.");
        }
        return Optional.of(new JobReport(
                CosArn.ofBucket("Bucket", report.required("Bucket")),
                prefix,
                !Words.either("ReportScope", report.required("ReportScope"), "AllTasks", "FailedTasksOnly")));
    }

    /** The beginning of its keys. */
    String folder(String jobId) {
        String before = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        return before + "job-" + jobId + "/";
    }
}
