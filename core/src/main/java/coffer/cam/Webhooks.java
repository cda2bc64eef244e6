package coffer.cam;

import coffer.encryption.SealedText;
import coffer.store.Change;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The webhooks of accounts. Secrets are shown once and stored encrypted. Thread-safe. */
public final class Webhooks {
    /** Of one account. */
    static final int MAX_WEBHOOKS = 100;

    private static final String THE_URL = "The URL of a webhook";

    /** Source: Standard Webhooks, "Signature scheme"; the numbers of bytes, too. */
    private static final String SECRET_PREFIX = "whsec_";

    private static final int MIN_SECRET_BYTES = 24;
    private static final int MAX_SECRET_BYTES = 64;
    private static final int MADE_SECRET_BYTES = 32;

    private final CamRows rows;
    private final SealedText secrets;
    private final InstantSource clock;
    private final RandomGenerator random;

    Webhooks(CamRows rows, SealedText secrets, InstantSource clock, RandomGenerator random) {
        this.rows = rows;
        this.secrets = secrets;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A webhook just made.
     *
     * @param secret {@code whsec_} and base64; never shown again
     */
    public record NewWebhook(WebhookInfo webhook, String secret) {
        @Override
        public String toString() {
            return webhook.name();
        }
    }

    /** The webhooks of an account, by name. */
    public List<WebhookInfo> list(String appId) {
        return rows.list(CamRows.Kind.WEBHOOK, appId);
    }

    /** The webhook of this name, as it is now: nothing is remembered for longer than its row says so. */
    public Optional<WebhookInfo> find(String appId, String name) {
        return rows.find(CamRows.Kind.WEBHOOK, appId, name);
    }

    /**
     * The webhook of this name.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public WebhookInfo require(String appId, String name) {
        return find(appId, name)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no webhook " + name + "."));
    }

    /**
     * Makes a webhook.
     *
     * @param url http or https, with a host, without user info and fragment, of at most 2,048 characters
     * @param secret {@code whsec_} and the base64 of 24 to 64 bytes; made up if empty
     * @throws CamException {@code ENTITY_ALREADY_EXISTS}, {@code INVALID_ARGUMENT}, {@code LIMIT_EXCEEDED}, {@code
     *     NO_SUCH_ENTITY}
     */
    public NewWebhook create(String appId, String name, String url, Optional<String> secret) {
        String checked = CamName.check("webhook", name);
        URI target = TargetUrl.check(THE_URL, url);
        String kept = secret.map(Webhooks::checkSecret).orElseGet(this::makeSecret);
        WebhookInfo webhook =
                new WebhookInfo(appId, checked, target, clock.instant(), secrets.seal(kept, context(appId, checked)));
        return rows.change(appId, account -> {
            if (find(appId, checked).isPresent()) {
                throw CamError.ENTITY_ALREADY_EXISTS.because("There already is a webhook " + checked + ".");
            }
            if (list(appId).size() >= MAX_WEBHOOKS) {
                throw CamError.LIMIT_EXCEEDED.because("An account has at most " + MAX_WEBHOOKS + " webhooks.");
            }
            return new CamRows.Plan<>(new NewWebhook(webhook, kept), account, List.of(put(webhook)));
        });
    }

    /**
     * Gives a webhook another URL; its secret stays.
     *
     * @throws CamException {@code INVALID_ARGUMENT}, {@code NO_SUCH_ENTITY}
     */
    public WebhookInfo update(String appId, String name, String url) {
        URI target = TargetUrl.check(THE_URL, url);
        return rows.change(appId, account -> {
            WebhookInfo changed = require(appId, name).with(target);
            return new CamRows.Plan<>(changed, account, List.of(put(changed)));
        });
    }

    /**
     * Removes a webhook.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String name) {
        WebhookInfo _ = rows.change(
                appId,
                account -> new CamRows.Plan<>(require(appId, name), account, List.of(Change.delete(row(appId, name)))));
    }

    /**
     * What requests to a webhook are signed with.
     *
     * @return 24 to 64 bytes
     * @throws StoreException if the master key that its secret needs is not there
     */
    public byte[] secret(WebhookInfo webhook) {
        String text = secrets.open(webhook.sealedSecret(), context(webhook.appId(), webhook.name()));
        return Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
    }

    private String makeSecret() {
        byte[] bytes = new byte[MADE_SECRET_BYTES];
        random.nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    private static String checkSecret(String secret) {
        if (secret.startsWith(SECRET_PREFIX)) {
            String encoded = secret.substring(SECRET_PREFIX.length());
            int bytes = decoded(encoded).length;
            if (bytes >= MIN_SECRET_BYTES && bytes <= MAX_SECRET_BYTES) {
                return secret;
            }
        }
        throw CamError.INVALID_ARGUMENT.because("The secret of a webhook is " + SECRET_PREFIX + " and the base64 of "
                + MIN_SECRET_BYTES + " to " + MAX_SECRET_BYTES + " random bytes.");
    }

    /** Empty unless it is base64 as receivers read it: with all its padding. */
    private static byte[] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Change put(WebhookInfo webhook) {
        return Change.put(row(webhook.appId(), webhook.name()), webhook.toBytes());
    }

    private static RowKey row(String appId, String name) {
        return CamRows.Kind.WEBHOOK.row(appId, name);
    }

    private static String context(String appId, String name) {
        return "secret of webhook " + appId + " " + name;
    }
}
