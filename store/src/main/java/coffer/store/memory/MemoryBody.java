package coffer.store.memory;

import coffer.store.BodyRef;

/** Names the body of a row for as long as the row is there. */
record MemoryBody(long id, long lengthBytes) implements BodyRef {}
