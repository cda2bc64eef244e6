package coffer.object;

/** A version or delete marker that is to be deleted for good, and what must be so for that. */
record Removal(VersionId.Named named, DeleteConditions conditions) {}
