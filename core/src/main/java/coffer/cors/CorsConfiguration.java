package coffer.cors;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers.Header;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cross-origin rules of a bucket, tried in order. Source: COS API reference, "PUT Bucket cors", "OPTIONS Object".
 *
 * @param rules 1 to 100, no id twice
 * @param responseVary whether every answer to a page says that it depends on the origin
 */
public record CorsConfiguration(List<CorsRule> rules, boolean responseVary) {
    private static final int MAX_RULES = 100;
    private static final Header VARY = new Header("Vary", "Origin");

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a rule, {@code InvalidArgument}
     */
    public CorsConfiguration {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw CosError.MALFORMED_XML.because("CORSConfiguration must have a child element CORSRule.");
        }
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A bucket has at most " + MAX_RULES + " CORS rules.");
        }
        Set<String> ids = new HashSet<>();
        for (CorsRule rule : rules) {
            if (rule.id().isPresent() && !ids.add(rule.id().get())) {
                throw CosError.INVALID_ARGUMENT.because(
                        "Two CORS rules have the ID '" + rule.id().get() + "'.");
            }
        }
    }

    /**
     * Reads a {@code CORSConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static CorsConfiguration read(Element root) {
        return new CorsConfiguration(
                root.named("CORSConfiguration").all("CORSRule").stream()
                        .map(CorsRule::read)
                        .toList(),
                root.childText("ResponseVary")
                        .filter(text -> !text.isEmpty())
                        .map(text -> Words.either("ResponseVary", text, "true", "false"))
                        .orElse(false));
    }

    /**
     * Reads the document of a COS client, who must give origins with their scheme.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static CorsConfiguration readOfCos(Element root) {
        CorsConfiguration configuration = read(root);
        configuration.rules.forEach(CorsRule::requireSchemes);
        return configuration;
    }

    public void write(XmlWriter xml) {
        xml.open("CORSConfiguration");
        rules.forEach(rule -> rule.write(xml));
        if (responseVary) {
            xml.element("ResponseVary", true);
        }
        xml.close("CORSConfiguration");
    }

    /**
     * What a browser is answered that asks before it sends: the first rule counts that allows origin, method and every
     * header.
     *
     * @param origin the header Origin
     * @param method the header Access-Control-Request-Method
     * @param requestHeaders the header Access-Control-Request-Headers, a list with commas
     * @return empty if no rule allows it, which is {@code AccessForbidden}
     */
    public Optional<List<Header>> preflight(String origin, String method, Optional<String> requestHeaders) {
        List<String> names = requestHeaders.stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        Optional<String> asked = names.isEmpty() ? Optional.empty() : requestHeaders;
        return rules.stream()
                .filter(rule -> rule.allows(origin, method) && names.stream().allMatch(rule::allowsHeader))
                .findFirst()
                .map(rule -> with(rule.answer(origin, asked), VARY));
    }

    /**
     * What is added to the answer of a request that a page sends. The answer is the same without: it is the browser that
     * keeps it from the page.
     *
     * @param origin the header Origin
     * @param method of the request
     */
    public List<Header> actual(String origin, String method) {
        List<Header> answer = rules.stream()
                .filter(rule -> rule.allows(origin, method))
                .findFirst()
                .map(rule -> rule.answer(origin, Optional.empty()))
                .orElse(List.of());
        return responseVary ? with(answer, VARY) : answer;
    }

    private static List<Header> with(List<Header> headers, Header last) {
        List<Header> more = new ArrayList<>(headers);
        more.add(last);
        return List.copyOf(more);
    }
}
