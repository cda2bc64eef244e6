package coffer.store;

import java.util.Optional;

/**
 * A row as it was read.
 *
 * @param key its address
 * @param value its bytes, never empty; the array must not be changed
 * @param body the small body committed with it, to be read by {@link MetadataStore#openBody}
 */
public record Row(RowKey key, byte[] value, Optional<BodyRef> body) {}
