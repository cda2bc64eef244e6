package coffer.housekeeping;

import coffer.bucket.Bucket;
import coffer.event.ObjectEvent;
import coffer.object.StoredObject;

/** A bucket that is copied to, here or elsewhere. */
interface Destination {
    /** How it went. */
    enum Outcome {
        /** It is there. */
        DONE,
        /** It cannot be there, however often it is tried. */
        IMPOSSIBLE,
        /** Nothing gets there now. */
        LATER
    }

    /** Copies a version, unless it is there already. */
    Outcome copy(Bucket from, StoredObject source);

    /** Copies a delete marker, unless it is there already. */
    Outcome mark(Bucket from, ObjectEvent marked);
}
