package coffer.cam;

import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.identity.Principal;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Optional;

/** The permanent keys of accounts and users, opened for checking signatures. Thread-safe. */
public final class CamKeyring implements Keyring {
    private static final int REMEMBERED = 20_000;

    private final Accounts accounts;
    private final AccessKeys keys;

    /** Opened secrets, each with the row it was opened from: an unchanged row is the same object. */
    private final Cache<String, Opened> opened = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private record Opened(byte[] sealed, String secret) {}

    CamKeyring(Accounts accounts, AccessKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    @Override
    public Optional<AccessKey> find(String secretId, Optional<String> token) {
        Optional<KeyInfo> found = keys.find(secretId).filter(KeyInfo::enabled);
        return found.flatMap(key -> accounts.find(key.appId()).map(account -> {
            keys.noteUse(key);
            return new AccessKey(secretId, secret(key), principal(key, account.account()), Optional.empty());
        }));
    }

    private String secret(KeyInfo key) {
        Opened known = opened.getIfPresent(key.secretId());
        if (known != null && Arrays.equals(known.sealed, key.sealedSecret())) {
            return known.secret;
        }
        String secret = keys.secret(key);
        opened.put(key.secretId(), new Opened(key.sealedSecret(), secret));
        return secret;
    }

    private static Principal principal(KeyInfo key, Account account) {
        return key.userUin()
                .<Principal>map(uin -> new Principal.User(account, uin))
                .orElseGet(() -> new Principal.Root(account));
    }
}
