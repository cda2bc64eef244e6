package coffer.admin;

import coffer.api.Query;
import coffer.api.RequestBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request to the admin API that may be answered. Used by one thread. */
final class AdminCall {
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final AdminCaller caller;
    private final Map<String, String> path;
    private final Query query;
    private final RequestBody body;
    private final Map<String, String> audited = new LinkedHashMap<>();

    AdminCall(AdminCaller caller, Map<String, String> path, Query query, RequestBody body) {
        this.caller = caller;
        this.path = path;
        this.query = query;
        this.body = body;
    }

    AdminCaller caller() {
        return caller;
    }

    /** The part of the path that stands for a name in braces. */
    String path(String name) {
        return Optional.ofNullable(path.get(name)).orElseThrow();
    }

    /** A parameter of the query, unless it is empty. */
    Optional<String> parameter(String name) {
        return query.nonEmpty(name);
    }

    /** Adds what only the answer tells to the line in the audit log. Nothing secret. */
    void audit(String name, String value) {
        audited.put(name, value);
    }

    Map<String, String> audited() {
        return audited;
    }

    /**
     * The body as a record.
     *
     * @throws AdminException saying what is wrong with it
     */
    <T> T body(Class<T> type) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (body.read(buffer) >= 0) {
            if (buffer.position() > MAX_BODY_BYTES) {
                throw new AdminException(413, "EntityTooLarge", "A body has at most 256 KiB.");
            }
            if (!buffer.hasRemaining()) {
                buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
            }
        }
        return Json.read(Arrays.copyOf(buffer.array(), buffer.position()), type);
    }
}
