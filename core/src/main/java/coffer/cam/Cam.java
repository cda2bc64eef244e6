package coffer.cam;

import coffer.encryption.KeyService;
import coffer.encryption.SealedText;
import coffer.store.MetadataStore;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** All of this package, wired. */
public record Cam(
        Accounts accounts,
        Users users,
        Groups groups,
        Roles roles,
        Policies policies,
        AccessKeys keys,
        Webhooks webhooks,
        Remotes remotes,
        CamKeyring keyring,
        CamRequesters requesters) {
    /** The space of the rows of this package. */
    public static final String SPACE = CamRows.SPACE;

    /**
     * The accounts of a store.
     *
     * @param keyService encrypts secrets
     * @param random makes secrets: a secure one
     */
    public static Cam over(MetadataStore metadata, KeyService keyService, InstantSource clock, RandomGenerator random) {
        CamRows rows = new CamRows(metadata);
        Accounts accounts = new Accounts(rows, clock, random);
        Policies policies = new Policies(rows, clock);
        Groups groups = new Groups(rows, policies, clock);
        Users users = new Users(rows, accounts, groups, policies, clock);
        SealedText secrets = new SealedText(keyService);
        AccessKeys keys = new AccessKeys(rows, accounts, users, secrets, clock, random);
        return new Cam(
                accounts,
                users,
                groups,
                new Roles(rows, policies, clock, random),
                policies,
                keys,
                new Webhooks(rows, secrets, clock, random),
                new Remotes(rows, secrets, clock),
                new CamKeyring(accounts, keys),
                new CamRequesters(rows, accounts, policies));
    }
}
