package coffer.store.rados.model;

/**
 * How much is explored of the life of blobs.
 *
 * @param gateways each uploads one blob
 * @param readers how many of them also read
 * @param renewals how often each renews its lease at most
 * @param collectors how many collect at once: one, or one that believes it still does and another
 * @param breach the rule that is broken
 */
record BlobBounds(int gateways, int readers, int renewals, int collectors, Breach breach) {

    /** One rule that is not kept, to see that the search would tell. */
    enum Breach {
        NONE,
        /** The collector looks whether a row names the blob, then deletes it, without a mark. */
        DELETE_WITHOUT_MARK,
        /** A gateway deletes what a commit of unknown outcome was to adopt, without a mark. */
        DISCARD_WITHOUT_MARK,
        /** Commits adopt blobs whatever their mark says. */
        ADOPT_WITHOUT_GUARD,
        /** A blob may be marked dead while its garbage row waits. */
        MARK_WHILE_GARBAGE,
        /** Released blobs are deleted at once. */
        IGNORE_PINS,
        /** The collector is content with the first renewal after it saw the garbage row. */
        ONE_RENEWAL,
        /** The collector notes the counters before it looks for garbage. */
        NOTE_BEFORE_GARBAGE,
        /** Readers do not look again at the row after they pinned what it names. */
        PIN_WITHOUT_LOOKING_AGAIN,
        /** A lease whose owner was declared dead can be renewed. */
        RENEW_WHEN_DEAD
    }

    boolean breaks(Breach rule) {
        return breach == rule;
    }
}
