package coffer.notification;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.event.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which events are meant: one kind, or with {@code *} at its end all whose name begins so.
 *
 * @param text in the words of COS ({@code cos:ObjectCreated:*}) or of S3 ({@code s3:ObjectRemoved:Delete})
 */
public record EventPattern(String text) {
    private static final String COS = "cos:";
    private static final String S3 = "s3:";

    /** What can be asked for elsewhere and does not happen here, or is not told of. Source: S3 user guide, as above. */
    private static final List<String> UNAVAILABLE = List.of(
            "s3:ObjectRestore:Delete", "s3:Replication:", "s3:IntelligentTiering", "s3:ReducedRedundancyLostObject");

    /**
     * Reads a pattern.
     *
     * @throws CosException {@code InvalidArgument} if nothing is called so, {@code NotImplemented}
     */
    public static EventPattern parse(String text) {
        EventPattern pattern = new EventPattern(text);
        if (UNAVAILABLE.stream().anyMatch(text::startsWith)) {
            throw CosError.NOT_IMPLEMENTED.because("Events " + text + " are not available on this server yet.");
        }
        if (Arrays.stream(EventType.values()).noneMatch(pattern::matches)) {
            throw CosError.INVALID_ARGUMENT.because("There is no event " + text
                    + ": write for instance cos:ObjectCreated:*, cos:ObjectRemove:Delete or s3:ObjectCreated:Put.");
        }
        return pattern;
    }

    /** Whether it is in the words of S3, in which its events are to be told then. */
    public boolean isS3() {
        return text.startsWith(S3);
    }

    /** Whether an event is meant. */
    public boolean matches(EventType type) {
        return nameIn(type).filter(this::isCalled).isPresent();
    }

    private Optional<String> nameIn(EventType type) {
        return isS3() ? Optional.of(S3 + type.s3Name()) : type.cosName().map(name -> COS + name);
    }

    private boolean isCalled(String name) {
        boolean isOfKind = text.endsWith(":*") && text.indexOf(':') < text.length() - 2;
        return isOfKind ? name.startsWith(text.substring(0, text.length() - 1)) : name.equals(text);
    }

    /** Whether there is an event that both mean. */
    boolean overlaps(EventPattern other) {
        return Arrays.stream(EventType.values()).anyMatch(type -> matches(type) && other.matches(type));
    }
}
