package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Words of which documents and headers may use some. They are read in any case: the Python SDK sends {@code True}. */
public final class Words {
    private Words() {}

    /**
     * Reads one of two words.
     *
     * @param name of the element or header, for the message
     * @return whether it is the first
     * @throws CosException {@code InvalidArgument} if it is neither
     */
    public static boolean either(String name, String text, String yes, String no) {
        if (!text.equalsIgnoreCase(yes) && !text.equalsIgnoreCase(no)) {
            throw CosError.INVALID_ARGUMENT.because(name + " must be " + yes + " or " + no + ", not '" + text + "'.");
        }
        return text.equalsIgnoreCase(yes);
    }

    /**
     * Reads a word that is the name of a constant.
     *
     * @param name of the element or header, for the message
     * @throws CosException {@code InvalidArgument} if it is none
     */
    public static <E extends Enum<E>> E constant(String name, String text, Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> word.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because(name + " must be one of "
                        + Arrays.stream(words.getEnumConstants())
                                .map(Enum::name)
                                .collect(Collectors.joining(", "))
                        + ", not '" + text + "'."));
    }
}
