package coffer.signature;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The signed headers or parameters of a request as one text: {@code k=v} joined by {@code &}, keys encoded and in lower
 * case, sorted. Source: COS docs, "Request Signature".
 */
final class SignedPairs {
    private SignedPairs() {}

    private record Pair(String key, String value) {}

    /**
     * The text for the parameters of a list.
     *
     * @return empty if a listed one is not in the request
     */
    static Optional<String> ofParameters(String list, Query query) {
        return of(list, query.all(), Query.Parameter::name, Query.Parameter::value);
    }

    /** As {@link #ofParameters}, with values trimmed: so the Java SDK signs a prefix that ends in a blank. */
    static Optional<String> ofTrimmedParameters(String list, Query query) {
        return of(
                list,
                query.all(),
                Query.Parameter::name,
                parameter -> parameter.value().trim());
    }

    /**
     * The text for the headers of a list.
     *
     * @param host the value to take for Host
     * @return empty if a listed one is not in the request
     */
    static Optional<String> ofHeaders(String list, Headers headers, String host) {
        if (list.equals("host")) {
            return Optional.of("host=" + PercentCode.encode(host));
        }
        List<Headers.Header> all = new ArrayList<>(headers.all());
        all.removeIf(header -> header.name().equalsIgnoreCase("Host"));
        all.add(new Headers.Header("host", host));
        if (headers.first("Content-Length").isEmpty()) {
            // Clients sign the length 0 of a body they then do not send.
            all.add(new Headers.Header("content-length", "0"));
        }
        return of(list, all, Headers.Header::name, Headers.Header::value);
    }

    private static <T> Optional<String> of(
            String list, List<T> all, Function<T, String> name, Function<T, String> value) {
        if (list.isEmpty()) {
            return Optional.of("");
        }
        List<Pair> present = new ArrayList<>(all.size());
        for (T item : all) {
            present.add(new Pair(key(name.apply(item)), value.apply(item)));
        }
        List<Pair> signed = new ArrayList<>();
        for (String listed : new java.util.LinkedHashSet<>(List.of(list.split(";", -1)))) {
            String wanted = listed.toLowerCase(Locale.ROOT);
            int before = signed.size();
            for (Pair pair : present) {
                if (pair.key.equals(wanted)) {
                    signed.add(new Pair(wanted, PercentCode.encode(pair.value)));
                }
            }
            if (signed.size() == before) {
                return Optional.empty();
            }
        }
        signed.sort(Comparator.comparing(Pair::key).thenComparing(Pair::value));
        StringBuilder text = new StringBuilder();
        for (Pair pair : signed) {
            text.append(text.isEmpty() ? "" : "&").append(pair.key).append('=').append(pair.value);
        }
        return Optional.of(text.toString());
    }

    private static String key(String name) {
        return PercentCode.encode(name.strip()).toLowerCase(Locale.ROOT);
    }
}
