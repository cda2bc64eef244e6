package coffer.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a request target in the order they arrived, decoded once. Names are case-sensitive. Immutable. */
public final class Query {
    /** No parameters. */
    public static final Query NONE = new Query(List.of());

    private final List<Parameter> all;

    /** One parameter; the value is empty where the target has none. */
    public record Parameter(String name, String value) {}

    private Query(List<Parameter> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads what follows the {@code ?} of a request target: {@code %XX} is decoded as UTF-8 and {@code +} is a blank.
     *
     * @throws CosException {@code InvalidURI} if an escape is broken or not UTF-8
     */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(PercentCode.decodeForm(name), PercentCode.decodeForm(value)));
            }
        }
        return new Query(parameters);
    }

    public List<Parameter> all() {
        return all;
    }

    /** Whether the parameter is there, with or without a value. */
    public boolean has(String name) {
        for (Parameter parameter : all) {
            if (parameter.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The value of the last parameter of this name, as the official Java client resolves repetitions. */
    public Optional<String> last(String name) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name.equals(name)) {
                return Optional.of(all.get(i).value);
            }
        }
        return Optional.empty();
    }

    /** As {@link #last}, but an empty value counts as absent: the Python client always sends every parameter. */
    public Optional<String> nonEmpty(String name) {
        return last(name).filter(value -> !value.isEmpty());
    }

    /** Names only: values may be credentials. */
    @Override
    public String toString() {
        return all.stream().map(Parameter::name).toList().toString();
    }
}
