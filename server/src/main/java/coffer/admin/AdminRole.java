package coffer.admin;

import java.util.Arrays;
import java.util.Optional;

/** What a caller of the admin API may do. */
public enum AdminRole {
    /** Read the metrics, and nothing else. */
    METRICS("metrics"),
    /** Look at everything. No secret is ever shown. */
    READ_ONLY("read-only"),
    /** Change everything, too. */
    ADMIN("admin");

    private final String text;

    AdminRole(String text) {
        this.text = text;
    }

    /** As requests and answers write it. */
    public String text() {
        return text;
    }

    /** The role of this name. */
    static Optional<AdminRole> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
    }

    boolean includes(AdminRole other) {
        return compareTo(other) >= 0;
    }
}
