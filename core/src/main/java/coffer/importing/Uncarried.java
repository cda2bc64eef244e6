package coffer.importing;

/** What of an object does not come over. */
public enum Uncarried {
    STORAGE_CLASS("have a storage class that the target does not know: they have its usual one"),
    LOCK("are locked or under legal hold: their copies are not"),
    ENCRYPTION("are encrypted by the source: their copies only if the target's bucket is set to"),
    UNKNOWN_TAGS("have tags that could not be read: their copies have none"),
    APPENDABLE("can be appended to: their copies cannot"),
    ETAG("have an ETag that their copies cannot have; by size, and CRC-64 where the source has one, they were checked"),
    GONE("were deleted at the source before they could be copied");

    private final String sentence;

    Uncarried(String sentence) {
        this.sentence = sentence;
    }

    /** What is said behind the number of objects. */
    public String sentence() {
        return sentence;
    }
}
