package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.access.Policy;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy that a call asks for, made ready for a token. Source: STS API docs, "GetFederationToken", parameter Policy;
 * what the STS SDKs of COS send, read in their sources.
 *
 * <p>The docs have it percent-encoded once more than the call itself; some SDKs leave that out, which a brace at its
 * beginning tells. A principal is refused but for the {@code {"qcs":"*"}} that {@code getPolicy} of the Node.js SDK
 * writes; that says nothing and is left out.
 */
final class SessionPolicy {
    private static final int MAX_DEPTH = 12;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(Policy.MAX_STATEMENT_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SessionPolicy() {}

    /**
     * The document without blanks.
     *
     * @throws StsException {@code InvalidParameter.PolicyTooLong}, {@code InvalidParameter.StrategyFormatError} saying
     *     where
     */
    static String parse(String parameter) {
        String document = decode(parameter);
        if (document.getBytes(UTF_8).length > Policy.MAX_BYTES) {
            throw StsError.POLICY_TOO_LONG.because("A policy has at most " + Policy.MAX_BYTES + " bytes.");
        }
        String compact = compact(document);
        try {
            Policy _ = Policy.ofIdentity(compact.getBytes(UTF_8));
        } catch (CosException e) {
            throw (e.error() == CosError.POLICY_FULL ? StsError.POLICY_TOO_LONG : StsError.STRATEGY_FORMAT_ERROR)
                    .because(e.message());
        }
        return compact;
    }

    private static String decode(String parameter) {
        String text = parameter.strip();
        if (text.startsWith("{")) {
            return text;
        }
        try {
            return PercentCode.decodeForm(text).strip();
        } catch (CosException e) {
            throw StsError.STRATEGY_FORMAT_ERROR.because("The policy is neither JSON nor JSON percent-encoded.");
        }
    }

    private static String compact(String document) {
        try {
            JsonNode root = JSON.readTree(document);
            withoutPrincipal(root);
            // One statement may stand without brackets.
            if (root.path("statement").isArray()) {
                root.path("statement").forEach(SessionPolicy::withoutPrincipal);
            } else {
                withoutPrincipal(root.path("statement"));
            }
            return JSON.writeValueAsString(root);
        } catch (JacksonException e) {
            throw StsError.STRATEGY_FORMAT_ERROR.because(
                    "The policy is not JSON, or a name stands twice in an object.");
        }
    }

    private static void withoutPrincipal(JsonNode node) {
        if (node instanceof ObjectNode object && saysNothing(object.path("principal"))) {
            JsonNode _ = object.remove("principal");
        }
    }

    private static boolean saysNothing(JsonNode principal) {
        JsonNode names = principal.path("qcs");
        JsonNode name = names.isArray() && names.size() == 1 ? names.get(0) : names;
        return principal.size() == 1 && name.isString() && name.asString().equals("*");
    }
}
