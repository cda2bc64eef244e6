package coffer.operation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that was answered 403.
 *
 * @param operation what it wanted, as the map of the API calls it
 * @param code of the error
 * @param notes what else is known: {@code principal}, {@code action}, {@code resource}, {@code reason}, {@code secretId},
 *     {@code finding}
 */
public record Refusal(
        String requestId,
        Instant time,
        String remoteAddress,
        String method,
        String host,
        String path,
        String operation,
        String code,
        String message,
        Map<String, String> notes) {
    Refusal cutTo(int length) {
        Map<String, String> cut = new LinkedHashMap<>();
        notes.forEach((name, text) -> cut.put(name, cut(text, length)));
        return new Refusal(
                requestId,
                time,
                remoteAddress,
                method,
                cut(host, length),
                cut(path, length),
                operation,
                code,
                cut(message, length),
                cut);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
