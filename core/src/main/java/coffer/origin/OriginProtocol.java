package coffer.origin;

/** How an origin is spoken to. */
public enum OriginProtocol {
    HTTP,
    HTTPS,
    /** As the client speaks to the bucket. */
    FOLLOW;

    /** The scheme of an address, given whether the client came by TLS. */
    public String scheme(boolean secure) {
        return switch (this) {
            case HTTP -> "http";
            case HTTPS -> "https";
            case FOLLOW -> secure ? "https" : "http";
        };
    }
}
