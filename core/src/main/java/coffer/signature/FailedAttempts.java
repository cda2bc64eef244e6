package coffer.signature;

import coffer.api.CosError;
import coffer.api.CosException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Slows down who guesses keys. Thread-safe; memory is bounded.
 *
 * <p>Each source address may fail {@value #BURST} times, and then {@value #PER_SECOND} times a second; beyond that nothing
 * it signs is looked at. So that a guesser does not lock out the owner of a key who shares his address, a key that was right
 * from an address within the last hour is counted on its own there. IPv6 addresses count by the 64 bits of their network.
 */
public final class FailedAttempts {
    static final int BURST = 100;
    static final int PER_SECOND = 5;

    private static final int REMEMBERED_SOURCES = 20_000;
    private static final int REMEMBERED_KEYS = 50_000;
    private static final Duration FAMILIAR_FOR = Duration.ofHours(1);
    private static final Duration REFRESHED_AFTER = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;
    private static final int NETWORK_BYTES = 8;
    private static final Set<CosError> FAILURES =
            Set.of(CosError.INVALID_ACCESS_KEY_ID, CosError.SIGNATURE_DOES_NOT_MATCH);

    private final InstantSource clock;
    private final Cache<Subject, Allowance> allowances = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_SOURCES)
            .executor(Runnable::run)
            .build();
    private final Cache<Subject, Instant> familiar = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_KEYS)
            .executor(Runnable::run)
            .build();

    public FailedAttempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Who is counted.
     *
     * @param key empty for all unfamiliar keys of the source
     */
    private record Subject(String source, String key) {}

    /** How often somebody may still fail, as it was at some time. */
    private record Allowance(double left, Instant at) {
        static final Allowance FULL = new Allowance(BURST, Instant.EPOCH);

        double left(Instant now) {
            double gained = Math.max(0, Duration.between(at, now).toNanos() / NANOS * PER_SECOND);
            return Math.min(BURST, left + gained);
        }
    }

    /**
     * Runs a check of a key unless too many before it failed, and counts it if it fails.
     *
     * @param address where the request came from, an IP address
     * @param key what names the key that is checked
     * @param check throws {@code InvalidAccessKeyId} or {@code SignatureDoesNotMatch} if it fails
     * @throws CosException {@code SlowDown}
     */
    public <T> T guard(String address, String key, Supplier<T> check) {
        if (!allows(address, key)) {
            throw CosError.SLOW_DOWN
                    .because("Too many requests from your address were signed with wrong keys. Wait some seconds.")
                    .withHeader("Retry-After", "1");
        }
        T checked;
        try {
            checked = check.get();
        } catch (CosException e) {
            if (FAILURES.contains(e.error())) {
                failed(address, key);
            }
            throw e;
        }
        succeeded(address, key);
        return checked;
    }

    /** Whether a key is looked at. */
    public boolean allows(String address, String key) {
        String source = source(address);
        Allowance allowance = allowances.getIfPresent(subject(source, key));
        return allowance == null || allowance.left(clock.instant()) >= 1;
    }

    /** Notes that a key was wrong. */
    public void failed(String address, String key) {
        Instant now = clock.instant();
        Allowance _ = allowances.asMap().compute(subject(source(address), key), (who, before) -> {
            double left = (before == null ? Allowance.FULL : before).left(now);
            return new Allowance(Math.max(0, left - 1), now);
        });
    }

    /** Notes that a key was right. */
    public void succeeded(String address, String key) {
        Instant now = clock.instant();
        Subject subject = new Subject(source(address), key);
        Instant before = familiar.getIfPresent(subject);
        if (before == null || before.plus(REFRESHED_AFTER).isBefore(now)) {
            familiar.put(subject, now);
        }
    }

    private Subject subject(String source, String key) {
        Subject own = new Subject(source, key);
        Instant right = familiar.getIfPresent(own);
        boolean isFamiliar = right != null && right.plus(FAMILIAR_FOR).isAfter(clock.instant());
        return isFamiliar ? own : new Subject(source, "");
    }

    private static String source(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
