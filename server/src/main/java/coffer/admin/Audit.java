package coffer.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: a JSON object a line, in the logger {@code audit}. It has each change that the admin API makes and each
 * request that it refuses, and never a secret.
 */
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private Audit() {}

    /**
     * What was asked for.
     *
     * @param operation as {@link AdminOperation} calls it
     * @param target its path
     */
    record Asked(String requestId, String address, String caller, String operation, String target) {
        private Map<String, String> fields(String outcome) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("outcome", outcome);
            fields.put("operation", operation);
            fields.put("target", target);
            fields.put("caller", caller);
            fields.put("address", address);
            fields.put("requestId", requestId);
            return fields;
        }
    }

    static void done(Asked asked, Map<String, String> more) {
        Map<String, String> fields = asked.fields("done");
        fields.putAll(more);
        write(fields);
    }

    static void refused(Asked asked, String code, String sentence) {
        Map<String, String> fields = asked.fields("refused");
        fields.put("code", code);
        fields.put("message", sentence);
        write(fields);
    }

    /** A change that no request made. */
    public static void atStart(String operation, String target) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("outcome", "done");
        fields.put("operation", operation);
        fields.put("target", target);
        fields.put("caller", "start of the server");
        write(fields);
    }

    private static void write(Map<String, String> fields) {
        LOG.info("{}", Json.text(fields));
    }
}
