package coffer.origin;

/** What becomes of a request for what a bucket lacks. */
public enum OriginType {
    /** The object is fetched, stored and answered. */
    MIRROR,
    /** The client is sent to the origin, and the object is fetched and stored meanwhile. */
    PROXY,
    /** The client is sent to the origin. */
    REDIRECT
}
