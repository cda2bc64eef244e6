package coffer.remote;

import java.time.Instant;

/**
 * What a listing of another store says of an object or of one version of it.
 *
 * @param versionId empty in listings without versions
 * @param isMarker whether it is a delete marker, which has neither ETag nor bytes
 * @param etag without quotes
 * @param modified as the store says
 */
public record RemoteEntry(String key, String versionId, boolean isMarker, String etag, long bytes, Instant modified) {}
