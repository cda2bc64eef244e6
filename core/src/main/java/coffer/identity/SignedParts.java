package coffer.identity;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a request was signed, and where the signature stood.
 *
 * @param place where it stood
 * @param headerList names of headers as the signature lists them, encoded, in lower case, with {@code ;} between
 * @param parameterList names of parameters likewise
 */
public record SignedParts(Place place, String headerList, String parameterList) {
    /** A form signs its policy. */
    public static final SignedParts OF_FORM = new SignedParts(Place.FORM, "", "");

    /** Where a signature can stand. */
    public enum Place {
        HEADER,
        URL,
        FORM
    }

    public Set<String> headers() {
        return names(headerList);
    }

    public Set<String> parameters() {
        return names(parameterList);
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(";", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
