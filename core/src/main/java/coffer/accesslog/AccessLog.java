package coffer.accesslog;

/** Takes down requests that were answered. Thread-safe. */
@FunctionalInterface
public interface AccessLog {
    /** For what has no requests to log. */
    AccessLog NONE = (target, record) -> {};

    /** Takes one down, in memory and without waiting. Never throws. */
    void add(LogTarget target, AccessRecord record);
}
