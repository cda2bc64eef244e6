package coffer.tagging;

import java.util.List;

/** How many tags something may have and which are not for users. Source: COS API reference, "PUT Bucket tagging". */
public enum TagLimits {
    /** Tags of a bucket. */
    BUCKET(50, List.of("qcs:", "project")),
    /** Tags of an object, and tags that a rule looks for on objects. */
    OBJECT(10, List.of());

    private final int most;
    private final List<String> reserved;

    TagLimits(int most, List<String> reserved) {
        this.most = most;
        this.reserved = reserved;
    }

    /** The number of tags allowed. */
    public int most() {
        return most;
    }

    boolean isReserved(String key) {
        return reserved.stream().anyMatch(key::startsWith);
    }
}
