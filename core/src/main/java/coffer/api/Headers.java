package coffer.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Request headers in the order they arrived. Names compare without regard to case; values are what stood on the wire,
 * read as UTF-8 and trimmed of outer blanks. Immutable.
 */
public final class Headers {
    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    private final List<Header> all;

    /** One header line; the name as it was spelled. */
    public record Header(String name, String value) {}

    private Headers(List<Header> all) {
        this.all = List.copyOf(all);
    }

    public static Headers of(List<Header> headers) {
        return new Headers(headers);
    }

    /** Headers from name, value, name, value ... */
    public static Headers of(String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(headers);
    }

    public List<Header> all() {
        return all;
    }

    /** The value of the first header with this name. */
    public Optional<String> first(String name) {
        for (Header header : all) {
            if (header.name.equalsIgnoreCase(name)) {
                return Optional.of(header.value);
            }
        }
        return Optional.empty();
    }

    /** The value of the first header with this name, if it is not empty: clients send empty headers for absent ones. */
    public Optional<String> nonEmpty(String name) {
        return first(name).filter(value -> !value.isEmpty());
    }

    /** The values of all headers with this name, in order. */
    public List<String> values(String name) {
        return all.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Whether there is a header of any of these names. */
    public boolean hasAny(String... names) {
        for (String name : names) {
            if (first(name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Names only: values may be credentials. */
    @Override
    public String toString() {
        return all.stream().map(Header::name).toList().toString();
    }
}
