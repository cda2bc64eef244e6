package coffer.encryption;

import java.nio.ByteBuffer;

/**
 * Bytes as they are to be stored.
 *
 * @param bytes from position to limit
 * @param salt to be kept in the row that refers to them; it is needed to read them
 */
public record Sealed(ByteBuffer bytes, Salt salt) {}
