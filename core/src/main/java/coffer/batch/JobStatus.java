package coffer.batch;

import java.util.Arrays;
import java.util.Optional;

/** Where in its life a job is. Source: COS API reference, "DescribeJob". */
enum JobStatus {
    NEW("New"),
    PREPARING("Preparing"),
    /** Waits to be confirmed. */
    SUSPENDED("Suspended"),
    READY("Ready"),
    ACTIVE("Active"),
    PAUSING("Pausing"),
    /** Waits for a job that comes first. */
    PAUSED("Paused"),
    COMPLETING("Completing"),
    COMPLETE("Complete"),
    CANCELLING("Cancelling"),
    CANCELLED("Cancelled"),
    FAILING("Failing"),
    FAILED("Failed");

    private final String word;

    JobStatus(String word) {
        this.word = word;
    }

    /** As clients see it. */
    String word() {
        return word;
    }

    static Optional<JobStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst();
    }

    /** Whether nothing more becomes of it. */
    boolean isFinal() {
        return this == COMPLETE || this == CANCELLED || this == FAILED;
    }

    /** Whether tasks are done, or are to be done as soon as no other job comes first. */
    boolean isRunnable() {
        return this == READY || this == ACTIVE || this == PAUSED || this == PAUSING;
    }

    /** Whether the tasks are over and the report is not. */
    boolean isEnding() {
        return this == COMPLETING || this == CANCELLING || this == FAILING;
    }

    /** Whether it can be called off. */
    boolean isCancellable() {
        return !isFinal() && !isEnding();
    }
}
