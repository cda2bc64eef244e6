package coffer.website;

import coffer.api.CosException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to a website. In this order: all requests sent elsewhere; rules that need no error; the key, its index
 * document if it is a folder; the folder of that name; the page of that name; rules for the error; the error. Source: COS
 * API reference, "PUT Bucket website"; S3 docs, "Configuring an index document", for folders.
 *
 * @param configuration what the website is like
 * @param site where it was reached
 * @param key what was asked for; empty for the root
 * @param query what followed the {@code ?}, as it came; empty if there was none
 */
public record Visit(WebsiteConfiguration configuration, Site site, String key, String query) {
    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;

    /**
     * What is answered.
     *
     * @param lookup finds what there is by a key
     */
    public Answer answer(Function<String, Found> lookup) {
        Optional<String> elsewhere = elsewhere();
        if (elsewhere.isPresent()) {
            return new Answer.Redirect(MOVED_PERMANENTLY, elsewhere.get());
        }
        for (RoutingRule rule : configuration.rules()) {
            if (rule.isMeant(key)) {
                return followed(rule, lookup, Optional.empty());
            }
        }
        String page = page(key);
        return switch (lookup.apply(page)) {
            case Found.Allowed allowed -> read(page, allowed);
            case Found.Refused refused -> failed(refused.error(), lookup);
            case Found.Missing missing ->
                page.equals(key)
                        ? beside(lookup).orElseGet(() -> failed(missing.error(), lookup))
                        : failed(missing.error(), lookup);
        };
    }

    /** What is answered where a page could not be. */
    public Answer failed(CosException error, Function<String, Found> lookup) {
        for (RoutingRule rule : configuration.rules()) {
            if (rule.isMeant(key, error.error().status())) {
                return followed(rule, lookup, Optional.of(error));
            }
        }
        return new Answer.Failure(error);
    }

    /** Where every request is sent, unless it has come there already. */
    private Optional<String> elsewhere() {
        return configuration.redirectAll().flatMap(all -> {
            Scheme scheme = all.scheme().orElse(site.scheme());
            String host = all.hostName().orElse(site.host());
            boolean isHere = scheme == site.scheme() && host.equalsIgnoreCase(site.host());
            return isHere ? Optional.empty() : Optional.of(withQuery(Location.absolute(scheme, host, encoded())));
        });
    }

    /** @param error why the rule is followed, if one was needed */
    private Answer followed(RoutingRule rule, Function<String, Found> lookup, Optional<CosException> error) {
        Target target = rule.target();
        if (target.sendsBrowser()) {
            return new Answer.Redirect(target.statusOrDefault(), target.location(site, key, rule));
        }
        String page = page(target.key(key, rule));
        return switch (lookup.apply(page)) {
            case Found.Allowed allowed -> read(page, allowed);
            case Found.Refused refused -> new Answer.Failure(error.orElse(refused.error()));
            case Found.Missing missing -> new Answer.Failure(error.orElse(missing.error()));
        };
    }

    /** What is near a key that is not there. */
    private Optional<Answer> beside(Function<String, Found> lookup) {
        if (lookup.apply(page(key + "/")) instanceof Found.Allowed) {
            return Optional.of(new Answer.Redirect(FOUND, withQuery(Location.path(key + "/"))));
        }
        String named = key + ".html";
        return configuration.autoAddressing() && lookup.apply(named) instanceof Found.Allowed allowed
                ? Optional.of(read(named, allowed))
                : Optional.empty();
    }

    private static Answer read(String page, Found.Allowed allowed) {
        return allowed.redirect()
                .<Answer>map(target -> new Answer.Redirect(MOVED_PERMANENTLY, Location.asWritten(target)))
                .orElseGet(() -> new Answer.Page(page));
    }

    private String page(String asked) {
        return asked.isEmpty() || asked.endsWith("/")
                ? asked + configuration.indexSuffix().orElse("")
                : asked;
    }

    private String encoded() {
        return Location.path(key).substring(1);
    }

    private String withQuery(String location) {
        return query.isEmpty() ? location : location + "?" + Location.asWritten(query);
    }
}
