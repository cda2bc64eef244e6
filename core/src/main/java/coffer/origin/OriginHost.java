package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin and those that stand by for it.
 *
 * @param names host or IP address, with a port if it is not that of the protocol; the first is asked first
 * @param weight its share among the origins of a rule, from 1
 */
public record OriginHost(List<String> names, int weight) {
    private static final String STANDBY = "StandbyHostName_";
    private static final int MOST_STANDBY = 10;
    private static final int MOST_WEIGHT = 10_000;
    private static final int MOST_PORT = 65_535;
    private static final Pattern NAME =
            Pattern.compile("(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,252})|\\[[0-9a-fA-F:.]{2,45}])(?::([0-9]{1,5}))?");

    public OriginHost {
        names = List.copyOf(names);
    }

    static OriginHost read(Element host) {
        List<String> names = new ArrayList<>();
        names.add(checked(host.required("HostName")));
        for (Element child : host.children()) {
            if (child.name().startsWith(STANDBY)) {
                Numbers.within("the number of " + child.name(), number(child), 1, MOST_STANDBY);
            }
        }
        for (int i = 1; i <= MOST_STANDBY; i++) {
            host.childText(STANDBY + i)
                    .filter(name -> !name.isEmpty())
                    .map(OriginHost::checked)
                    .ifPresent(names::add);
        }
        // A weight of nothing is what clients send who give none.
        long weight = host.childText("Weight")
                .filter(text -> !text.isEmpty())
                .map(text -> Numbers.within("Weight", text, 0, MOST_WEIGHT))
                .orElse(1L);
        return new OriginHost(names, (int) Math.max(1, weight));
    }

    private static String number(Element standby) {
        return standby.name().substring(STANDBY.length());
    }

    /** @throws CosException {@code InvalidArgument} */
    private static String checked(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "A host of an origin is HOST or HOST:PORT, without a scheme or path, not '" + name + "'.");
        }
        if (matcher.group(1) != null) {
            Numbers.within("port", matcher.group(1), 1, MOST_PORT);
        }
        return name;
    }
}
