package coffer.batch;

import coffer.api.PercentCode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a task.
 *
 * @param errorCode empty if it succeeded
 * @param status of HTTP
 */
record TaskResult(JobTask task, String errorCode, int status, String message) {
    /** The columns of a report; the reference says none, these are those of S3. */
    static final String SCHEMA = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage";

    boolean isSuccess() {
        return errorCode.isEmpty();
    }

    /** A line of a report, with its end. */
    String line() {
        return Stream.of(
                        task.bucket(),
                        PercentCode.encodeKey(task.key()),
                        task.versionId().orElse(""),
                        isSuccess() ? "succeeded" : "failed",
                        errorCode,
                        Integer.toString(status),
                        message)
                .map(TaskResult::quoted)
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
