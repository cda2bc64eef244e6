package coffer.pull;

/** What has come of asking an origin. */
sealed interface Pulled {
    /** The object is there. */
    record Stored() implements Pulled {}

    /** The origin does not have it either. */
    record Missing() implements Pulled {}

    /**
     * The origin sends elsewhere, where the store was not to follow.
     *
     * @param status 301 to 308
     */
    record Moved(int status, String location) implements Pulled {}

    /**
     * It cannot be had.
     *
     * @param status by which the origin refuses, from 400; 0 if there is none
     * @param contentType of the body; may be empty
     * @param body what it says of it, cut off where it gets long
     * @param why for those who read objects: names neither hosts nor addresses
     */
    record Failed(int status, String contentType, byte[] body, String why) implements Pulled {
        /** Without an answer. */
        static Failed because(String why) {
            return new Failed(0, "", new byte[0], why);
        }
    }
}
