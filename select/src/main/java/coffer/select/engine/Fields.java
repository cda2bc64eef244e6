package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.sql.Expression.Field;
import coffer.select.sql.Expression.Index;
import coffer.select.sql.Expression.Step;
import coffer.select.sql.Name;
import coffer.select.value.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How what lies within a value is found. */
final class Fields {
    private Fields() {}

    /**
     * What a step leads to, {@code MISSING} if to nothing.
     *
     * @throws CosException {@code AmbiguousFieldName}
     */
    static Object step(Object value, Step step) {
        if (value instanceof Map<?, ?> struct && step instanceof Field(Name name)) {
            return find(struct, name);
        }
        if (value instanceof List<?> list && step instanceof Index(int index) && index < list.size()) {
            return Optional.<Object>ofNullable(list.get(index)).orElse(Absent.NULL);
        }
        return Absent.MISSING;
    }

    /**
     * The field of a name.
     *
     * @throws CosException {@code AmbiguousFieldName}
     */
    static Object find(Map<?, ?> struct, Name name) {
        Object found = Absent.MISSING;
        boolean isFound = false;
        for (Map.Entry<?, ?> field : struct.entrySet()) {
            if (field.getKey() instanceof String text && name.matches(text)) {
                if (isFound) {
                    throw ambiguous(name);
                }
                found = Optional.<Object>ofNullable(field.getValue()).orElse(Absent.NULL);
                isFound = true;
            }
        }
        return found;
    }

    /**
     * Where a name stands among names; -1 if it does not.
     *
     * @throws CosException {@code AmbiguousFieldName}
     */
    static int find(List<String> names, Name name) {
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (name.matches(names.get(i))) {
                if (found >= 0) {
                    throw ambiguous(name);
                }
                found = i;
            }
        }
        return found;
    }

    private static CosException ambiguous(Name name) {
        return CosError.AMBIGUOUS_FIELD_NAME.because(
                "Several fields are called " + name.text() + "; write the name in double quotes, in its case.");
    }
}
