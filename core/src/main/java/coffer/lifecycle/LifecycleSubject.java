package coffer.lifecycle;

import coffer.tagging.Tags;
import java.time.Instant;

/**
 * What rules look at of a version.
 *
 * @param storageClass its name
 * @param since when it was written or, if it is not current, when it ceased to be
 */
public record LifecycleSubject(String key, long sizeBytes, Tags tags, String storageClass, Instant since) {}
