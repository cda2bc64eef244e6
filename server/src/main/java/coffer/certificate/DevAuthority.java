package coffer.certificate;

import coffer.address.OwnHosts;
import coffer.http.Identities;
import coffer.http.Identity;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A CA for development, made once, and certificates under it for the server's own names, made when somebody asks for one.
 * It signs nothing else: under any other name the server proves to be {@code localhost}. Thread-safe.
 */
public final class DevAuthority implements Identities {
    private static final Duration LEAF_VALID = Duration.ofDays(365);

    /** So long before its end a certificate is made anew. */
    private static final Duration LEAF_RENEWED = Duration.ofDays(30);

    /** Clients may ask for any number of names below the domains of COS. */
    private static final int MAX_LEAFS = 128;

    private final Issuer issuer;
    private final AuthorityFolder.Authority authority;
    private final OwnHosts hosts;
    private final InstantSource clock;
    private final KeyPair leafKey;

    private final Cache<String, Identity> leafs =
            Caffeine.newBuilder().maximumSize(MAX_LEAFS).executor(Runnable::run).build();

    private DevAuthority(Issuer issuer, AuthorityFolder.Authority authority, OwnHosts hosts, InstantSource clock) {
        this.issuer = issuer;
        this.authority = authority;
        this.hosts = hosts;
        this.clock = clock;
        this.leafKey = issuer.newKey();
    }

    /**
     * Reads the CA, or makes it.
     *
     * @param folder where it is kept
     * @throws UnusableCertificate if what is there cannot be used
     */
    public static DevAuthority open(Path folder, OwnHosts hosts, InstantSource clock, SecureRandom random) {
        Issuer issuer = new Issuer(random);
        AuthorityFolder files = new AuthorityFolder(folder);
        try {
            Instant now = clock.instant();
            if (!Files.exists(files.certificate())) {
                files.create(issuer, now);
            }
            return new DevAuthority(issuer, files.read(now), hosts, clock);
        } catch (IOException e) {
            throw new UnusableCertificate("The folder " + folder + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Identity of(Optional<String> serverName) {
        String name = serverName.filter(hosts::isDomainName).orElse("");
        Instant now = clock.instant();
        return leafs.asMap()
                .compute(
                        name,
                        (asked, known) -> known != null && !isOld(known.certificate(), now)
                                ? known
                                : leaf(asked.isEmpty() ? hosts.addresses() : List.of(asked), now));
    }

    private static boolean isOld(X509Certificate certificate, Instant now) {
        return certificate.getNotAfter().toInstant().minus(LEAF_RENEWED).isBefore(now);
    }

    private Identity leaf(Collection<String> names, Instant now) {
        X509Certificate certificate =
                issuer.server(names, leafKey.getPublic(), authority.certificate(), authority.key(), now, LEAF_VALID);
        return new Identity(List.of(certificate), leafKey.getPrivate());
    }
}
