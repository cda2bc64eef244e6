package coffer.store.local;

import coffer.store.BodyRef;

/**
 * Where in the log the body of a row lies.
 *
 * @param segment which segment
 * @param position where it starts there, in bytes
 * @param crc32c checksum of its bytes
 */
record LogBody(long segment, long position, long lengthBytes, int crc32c) implements BodyRef {}
