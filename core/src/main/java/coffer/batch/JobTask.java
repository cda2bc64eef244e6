package coffer.batch;

import java.util.Optional;

/**
 * One object that a job is about.
 *
 * @param bucket full name
 * @param key as it is called, decoded
 * @param versionId empty for the current version
 */
record JobTask(String bucket, String key, Optional<String> versionId) {}
