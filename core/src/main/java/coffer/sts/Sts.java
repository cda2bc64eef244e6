package coffer.sts;

import coffer.address.AddressParser;
import coffer.api.Gateway;
import coffer.cam.Cam;
import coffer.encryption.KeyService;
import coffer.encryption.SealedText;
import coffer.identity.Keyring;
import coffer.signature.FailedAttempts;
import coffer.store.MetadataStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/** All of this package, wired. */
public final class Sts {
    private final StsKeyring keyring;
    private final TokenIssuer issuer;
    private final InstantSource clock;
    private final SecureRandom random;

    private Sts(StsKeyring keyring, TokenIssuer issuer, InstantSource clock, SecureRandom random) {
        this.keyring = keyring;
        this.issuer = issuer;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The service over a store.
     *
     * @param keyService encrypts the key of tokens
     * @param permanent the keys that are not temporary
     */
    public static Sts over(
            MetadataStore metadata,
            KeyService keyService,
            Cam cam,
            Keyring permanent,
            InstantSource clock,
            SecureRandom random) {
        SessionTokens tokens = new SessionTokens(new TokenKey(metadata, new SealedText(keyService), random));
        return new Sts(
                new StsKeyring(permanent, cam.roles(), tokens, clock),
                new TokenIssuer(cam, tokens, clock, random),
                clock,
                random);
    }

    /** All keys, permanent and temporary. */
    public StsKeyring keyring() {
        return keyring;
    }

    /**
     * The endpoint in front of the rest.
     *
     * @param attempts how often callers signed with wrong keys, here and elsewhere
     */
    public Gateway gateway(Gateway next, AddressParser addresses, FailedAttempts attempts) {
        return new StsGateway(next, addresses, new StsAuthenticator(keyring, attempts, clock), issuer, random);
    }
}
