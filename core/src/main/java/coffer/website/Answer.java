package coffer.website;

import coffer.api.CosException;

/** What a browser is to be answered. */
public sealed interface Answer {
    /** An object, with all that GET can do with one. */
    record Page(String key) implements Answer {}

    /**
     * Another address.
     *
     * @param status 301 to 308
     * @param location visible ASCII
     */
    record Redirect(int status, String location) implements Answer {}

    /** An error, with the error page of the website if it has one. */
    record Failure(CosException error) implements Answer {}
}
