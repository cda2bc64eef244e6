package coffer.signature;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.AccessKey;
import coffer.identity.Caller;
import coffer.identity.ClientTime;
import coffer.identity.Keyring;
import coffer.identity.SignedParts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies the policy that a form carries and what it demands of the fields. Thread-safe. Source: COS API reference,
 * "POST Object", section "Signature".
 */
public final class PostPolicyAuthenticator {
    private static final String POLICY = "policy";
    private static final String SECRET_ID = "q-ak";
    private static final String ALGORITHM = "q-sign-algorithm";
    private static final String KEY_TIME = "q-key-time";
    private static final String SIGN_TIME = "q-sign-time";
    private static final String SIGNATURE = "q-signature";
    private static final List<String> SIGNED_BY = List.of(POLICY, ALGORITHM, SECRET_ID, KEY_TIME, SIGNATURE);

    private final Keyring keys;
    private final FailedAttempts attempts;
    private final InstantSource clock;

    public PostPolicyAuthenticator(Keyring keys, FailedAttempts attempts, InstantSource clock) {
        this.keys = keys;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Finds out who made a form and what it allows.
     *
     * @param fields values by lower-case name; the key already with the file's name in it
     * @param bucket the bucket addressed
     * @param remoteAddress where the form came from
     * @return anonymous if the form has neither policy nor signature
     * @throws CosException {@code InvalidPolicyDocument}, {@code InvalidAccessKeyId}, {@code SignatureDoesNotMatch},
     *     {@code AccessDenied} naming the condition that does not hold, {@code SlowDown} if too many requests of the same
     *     source failed
     */
    public FormGrant authenticate(Map<String, String> fields, String bucket, String remoteAddress) {
        if (SIGNED_BY.stream().noneMatch(fields::containsKey)) {
            return FormGrant.ANONYMOUS;
        }
        for (String field : SIGNED_BY) {
            if (!fields.containsKey(field)) {
                throw CosError.ACCESS_DENIED.because("The form lacks the field " + field + ".");
            }
        }
        byte[] text = PostPolicy.decode(value(fields, POLICY));
        Instant now =
                ClientTime.now(clock, TimeSpan.parse(value(fields, KEY_TIME)).start(), true);
        AccessKey key = attempts.guard(remoteAddress, value(fields, SECRET_ID), () -> signer(fields, text, now));
        PostPolicy policy = PostPolicy.parse(text);
        requireNotExpired(policy, now);
        requireConditions(policy, fields, bucket);
        return new FormGrant(Caller.Signed.with(key, SignedParts.OF_FORM), policy.minBytes(), policy.maxBytes());
    }

    private AccessKey signer(Map<String, String> fields, byte[] text, Instant now) {
        AccessKey key = keys.find(value(fields, SECRET_ID), token(fields))
                .orElseThrow(CosError.INVALID_ACCESS_KEY_ID::exception);
        TimeSpan.parse(value(fields, KEY_TIME)).requireNow(now);
        String signKey = Hmac.sha1(key.secretKey(), value(fields, KEY_TIME));
        String stringToSign = Hmac.digest(text);
        if (!Hmac.equal(Hmac.sha1(signKey, stringToSign), value(fields, SIGNATURE))) {
            throw CosError.SIGNATURE_DOES_NOT_MATCH.exception().with("StringToSign", stringToSign);
        }
        return key;
    }

    private static void requireNotExpired(PostPolicy policy, Instant now) {
        if (now.isAfter(policy.expiration())) {
            throw CosError.ACCESS_DENIED.because("You post object request has been expired, expiration time: "
                    + policy.expiration().getEpochSecond() + " but the time now : " + now.getEpochSecond());
        }
    }

    private static void requireConditions(PostPolicy policy, Map<String, String> fields, String bucket) {
        for (String required : List.of(ALGORITHM, SECRET_ID, SIGN_TIME)) {
            if (policy.exact(required).isEmpty()) {
                throw CosError.INVALID_POLICY_DOCUMENT.because("The policy lacks a condition on " + required + ".");
            }
        }
        for (PostPolicy.Condition condition : policy.conditions()) {
            String actual = switch (condition.field()) {
                case "bucket" -> bucket;
                // The form has the one time, the policy the other; they are the same.
                case SIGN_TIME -> value(fields, KEY_TIME);
                case "acl" -> fields.containsKey("acl") ? value(fields, "acl") : value(fields, "x-cos-acl");
                default -> value(fields, condition.field());
            };
            if (!condition.holds(actual)) {
                throw CosError.ACCESS_DENIED.because(
                        "Condition key " + condition.field() + " doesn't match the value " + condition.value());
            }
        }
    }

    private static Optional<String> token(Map<String, String> fields) {
        return Optional.ofNullable(fields.get("x-cos-security-token")).filter(token -> !token.isEmpty());
    }

    private static String value(Map<String, String> fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value;
    }
}
