package coffer.server;

import coffer.restore.RestoreDelays;
import coffer.restore.RestoreTier;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code --restore-delay}. */
final class RestoreDelayOption {
    /** More digits are more than anybody waits. */
    private static final Pattern DELAY = Pattern.compile("([a-z]+)=(\\d{1,6})([smhd])");

    private RestoreDelayOption() {}

    /**
     * What it says: tiers and times in seconds, minutes, hours or days, separated by commas.
     *
     * @param text empty for no delays
     * @throws IllegalArgumentException with a sentence
     */
    static RestoreDelays parse(String text) {
        Map<RestoreTier, Duration> delays = new EnumMap<>(RestoreTier.class);
        if (!text.isBlank()) {
            for (String one : text.strip().split(",", -1)) {
                Matcher delay = DELAY.matcher(one.strip());
                if (!delay.matches() || delays.put(tier(delay.group(1), text), time(delay)) != null) {
                    throw wrong(text);
                }
            }
        }
        return new RestoreDelays(delays);
    }

    private static RestoreTier tier(String name, String text) {
        return Arrays.stream(RestoreTier.values())
                .filter(tier -> tier.text().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(text));
    }

    private static Duration time(Matcher delay) {
        long number = Long.parseLong(delay.group(2));
        return switch (delay.group(3)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static IllegalArgumentException wrong(String text) {
        String tiers =
                Arrays.stream(RestoreTier.values()).map(RestoreTier::text).collect(Collectors.joining(", "));
        return new IllegalArgumentException("--restore-delay must name each of " + tiers
                + " once or not at all, with a time in s, m, h or d, for instance expedited=1m,standard=3h,bulk=5h, not '"
                + text + "'.");
    }
}
