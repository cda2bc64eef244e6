package coffer.website;

/**
 * Where a request reached a website.
 *
 * @param scheme how it came
 * @param host as the browser wrote it, with its port if it has one
 */
public record Site(Scheme scheme, String host) {}
