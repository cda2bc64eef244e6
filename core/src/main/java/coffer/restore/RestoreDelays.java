package coffer.restore;

import java.time.Duration;
import java.util.Map;

/**
 * How long restorations take.
 *
 * @param byTier not negative; a tier that is not among them takes no time
 */
public record RestoreDelays(Map<RestoreTier, Duration> byTier) {
    /** What is to be restored is so at once: the bytes are on the same disk all the time. */
    public static final RestoreDelays NONE = new RestoreDelays(Map.of());

    public RestoreDelays {
        byTier = Map.copyOf(byTier);
    }

    /** How long one of this tier takes. */
    public Duration of(RestoreTier tier) {
        return byTier.getOrDefault(tier, Duration.ZERO);
    }
}
