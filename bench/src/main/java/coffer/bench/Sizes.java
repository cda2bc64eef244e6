package coffer.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 4KiB}: a number of bytes, KiB or MiB. */
final class Sizes implements ITypeConverter<Integer> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB)?");

    @Override
    public Integer convert(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no size; write 4KiB or 8MiB");
        }
        long unit = text.endsWith("MiB") ? 1024 * 1024 : text.endsWith("KiB") ? 1024 : 1;
        return Math.toIntExact(Long.parseLong(matcher.group(1)) * unit);
    }

    /** The shortest way to write a size. */
    static String text(int bytes) {
        int mib = 1024 * 1024;
        return bytes % mib == 0 && bytes > 0
                ? bytes / mib + "MiB"
                : bytes % 1024 == 0 && bytes > 0 ? bytes / 1024 + "KiB" : bytes + "B";
    }
}
