package coffer.signature;

import coffer.api.Headers;
import coffer.api.PercentCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Headers or parameters as one text to be signed, right or as clients get it wrong. */
final class PairText {
    private PairText() {}

    /** As it should be. */
    static String of(Collection<Headers.Header> pairs) {
        return of(pairs, PercentCode::encode);
    }

    /** With another encoding of the values. */
    static String of(Collection<Headers.Header> pairs, UnaryOperator<String> encoding) {
        return pairs.stream()
                .map(pair -> new Headers.Header(name(pair.name()), encoding.apply(pair.value())))
                .sorted(Comparator.comparing(Headers.Header::name).thenComparing(Headers.Header::value))
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining("&"));
    }

    /** With the capitals that the names have. */
    static String withCapitals(Collection<Headers.Header> pairs) {
        return pairs.stream()
                .map(pair -> PercentCode.encode(pair.name()) + "=" + PercentCode.encode(pair.value()))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    /** A name as it is listed. */
    static String name(String name) {
        return PercentCode.encode(name.strip()).toLowerCase(Locale.ROOT);
    }

    /** The names in a list. */
    static Set<String> names(String list) {
        return Arrays.stream(list.split(";", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<Headers.Header> among(List<Headers.Header> all, Set<String> names) {
        return all.stream().filter(pair -> names.contains(name(pair.name()))).toList();
    }

    static List<Headers.Header> without(List<Headers.Header> all, String name) {
        return all.stream().filter(pair -> !pair.name().equalsIgnoreCase(name)).toList();
    }

    static List<Headers.Header> replaced(List<Headers.Header> all, String name, String value) {
        return all.stream()
                .map(pair -> pair.name().equalsIgnoreCase(name) ? new Headers.Header(name, value) : pair)
                .toList();
    }
}
