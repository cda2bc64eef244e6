package coffer.awssignature;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.AccessKey;
import coffer.identity.Caller;
import coffer.identity.ClientTime;
import coffer.identity.Keyring;
import coffer.identity.SignedParts;
import coffer.signature.FailedAttempts;
import coffer.signature.FormGrant;
import coffer.signature.PostPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies the policies that forms of S3 carry, versions 4 and 2, and what they demand of the fields. Thread-safe.
 * Source: S3 API reference, "Creating a POST policy", "Authenticating requests in browser-based uploads using POST".
 */
public final class AwsFormAuthenticator {
    private static final String POLICY = "policy";
    private static final String V4_SIGNATURE = "x-amz-signature";
    private static final String V4_CREDENTIAL = "x-amz-credential";
    private static final String V2_SIGNATURE = "signature";
    private static final String V2_KEY = "awsaccesskeyid";
    private static final String TOKEN = "x-amz-security-token";

    /** Fields that no condition need name. */
    private static final Set<String> UNCONDITIONAL = Set.of(POLICY, V4_SIGNATURE, V2_SIGNATURE, V2_KEY, "file");

    /** Nor those that begin so: a checksum only narrows what the form lets in. */
    private static final String CHECKSUM = "x-amz-checksum-";

    private final Keyring keys;
    private final FailedAttempts attempts;
    private final InstantSource clock;

    public AwsFormAuthenticator(Keyring keys, FailedAttempts attempts, InstantSource clock) {
        this.keys = keys;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Whether a form is signed as those of S3 are. */
    public static boolean isSigned(Map<String, String> fields) {
        return fields.containsKey(V4_SIGNATURE) || fields.containsKey(V4_CREDENTIAL) || fields.containsKey(V2_KEY);
    }

    /**
     * Finds out who made a form and what it allows.
     *
     * @param fields values by lower-case name; the key already with the file's name in it
     * @param bucket the addressed bucket as the form names it
     * @param remoteAddress where the form came from
     * @return anonymous if the form is not signed
     * @throws CosException {@code InvalidArgument} if a field of the signature is missing, {@code InvalidPolicyDocument},
     *     {@code InvalidAccessKeyId}, {@code SignatureDoesNotMatch}, {@code AccessDenied} naming the condition that does
     *     not hold, {@code SlowDown} if too many requests of the same source failed
     */
    public FormGrant authenticate(Map<String, String> fields, String bucket, String remoteAddress) {
        if (!isSigned(fields) && !fields.containsKey(POLICY)) {
            return FormGrant.ANONYMOUS;
        }
        Signature signature = signature(fields);
        // A form of version 2 does not tell when it was signed.
        Instant now = AwsTime.compact(value(fields, "x-amz-date"))
                .map(signed -> ClientTime.now(clock, signed, true))
                .orElseGet(() -> ClientTime.now(clock, Instant.EPOCH, false));
        AccessKey key = attempts.guard(remoteAddress, signature.accessKeyId, () -> signer(signature, fields));
        PostPolicy policy = PostPolicy.parse(PostPolicy.decode(signature.policy));
        if (now.isAfter(policy.expiration())) {
            throw CosError.ACCESS_DENIED.because("Invalid according to Policy: Policy expired.");
        }
        requireConditions(policy, fields, bucket);
        return new FormGrant(Caller.Signed.with(key, SignedParts.OF_FORM), policy.minBytes(), policy.maxBytes());
    }

    /** Which key signed, and how to compute what it must have written. */
    private record Signature(String accessKeyId, String policy, String value, Optional<Scope> scope) {
        String expected(AccessKey key) {
            return scope.map(in -> AwsHmac.sha256Hex(in.signingKey(key.secretKey()), policy))
                    .orElseGet(() -> Base64.getEncoder()
                            .encodeToString(AwsHmac.sha1(key.secretKey().getBytes(UTF_8), policy)));
        }
    }

    private static Signature signature(Map<String, String> fields) {
        boolean isV4 = fields.containsKey(V4_SIGNATURE) || fields.containsKey(V4_CREDENTIAL);
        List<String> needed = isV4
                ? List.of(POLICY, "x-amz-algorithm", V4_CREDENTIAL, "x-amz-date", V4_SIGNATURE)
                : List.of(POLICY, V2_KEY, V2_SIGNATURE);
        for (String field : needed) {
            if (value(fields, field).isEmpty()) {
                throw CosError.INVALID_ARGUMENT.because("The form must have the field " + field + ".");
            }
        }
        if (!isV4) {
            return new Signature(
                    value(fields, V2_KEY), value(fields, POLICY), value(fields, V2_SIGNATURE), Optional.empty());
        }
        if (!value(fields, "x-amz-algorithm").equals(SignatureV4.ALGORITHM)) {
            throw CosError.INVALID_ARGUMENT.because("x-amz-algorithm must be " + SignatureV4.ALGORITHM + ".");
        }
        Scope.Credential credential = Scope.parse(value(fields, V4_CREDENTIAL), CosError.INVALID_ARGUMENT);
        return new Signature(
                credential.accessKeyId(),
                value(fields, POLICY),
                value(fields, V4_SIGNATURE),
                Optional.of(credential.scope()));
    }

    private AccessKey signer(Signature signature, Map<String, String> fields) {
        Optional<String> token = Optional.of(value(fields, TOKEN)).filter(text -> !text.isEmpty());
        AccessKey key = keys.find(signature.accessKeyId, token).orElseThrow(CosError.INVALID_ACCESS_KEY_ID::exception);
        if (!AwsHmac.equal(signature.expected(key), signature.value)) {
            throw CosError.SIGNATURE_DOES_NOT_MATCH
                    .because("The request signature we calculated does not match the signature you provided.")
                    .with("StringToSign", signature.policy);
        }
        return key;
    }

    private static void requireConditions(PostPolicy policy, Map<String, String> fields, String bucket) {
        for (PostPolicy.Condition condition : policy.conditions()) {
            String actual = condition.field().equals("bucket") ? bucket : value(fields, condition.field());
            if (!condition.holds(actual)) {
                throw CosError.ACCESS_DENIED.because("Invalid according to Policy: Policy Condition failed: "
                        + condition.field() + " is not " + condition.value() + ".");
            }
        }
        Set<String> named =
                policy.conditions().stream().map(PostPolicy.Condition::field).collect(Collectors.toSet());
        if (!named.contains("bucket")) {
            throw CosError.ACCESS_DENIED.because("Invalid according to Policy: it must name the bucket.");
        }
        fields.keySet().stream()
                .filter(field -> !named.contains(field) && !UNCONDITIONAL.contains(field))
                .filter(field -> !field.startsWith("x-ignore-") && !field.startsWith(CHECKSUM))
                .findFirst()
                .ifPresent(field -> {
                    throw CosError.ACCESS_DENIED.because(
                            "Invalid according to Policy: Extra input fields: " + field + ".");
                });
    }

    private static String value(Map<String, String> fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value;
    }
}
