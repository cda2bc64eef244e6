package coffer.access;

import coffer.access.Statement.Effect;
import coffer.api.CosError;
import coffer.api.CosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the statements of a policy and compiles their patterns; those in the grammar of AWS {@link AwsPolicyReader} does. What it does not know it refuses, rather than set a policy
 * that does less than its author thinks.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><td>the document</td><td>{@link Policy#MAX_BYTES}</td></tr>
 * <tr><td>a statement</td><td>{@link Policy#MAX_STATEMENT_BYTES}, for new policies</td></tr>
 * <tr><td>depth</td><td>12</td></tr>
 * </table>
 */
final class PolicyReader {
    private static final Set<String> POLICY_ELEMENTS = Set.of("version", "principal", "statement");
    private static final Set<String> STATEMENT_ELEMENTS =
            Set.of("sid", "principal", "effect", "action", "resource", "condition");
    private static final Set<String> GENERAL_KEYS =
            Set.of("qcs:ip", "qcs:vpc", "qcs:current_time", "qcs:request_tag", "qcs:resource_tag", "vpc:requester_vpc");

    private static final Pattern COS_KEY = Pattern.compile("cos:[a-z0-9_-]+");
    private static final Pattern OTHER_KEY = Pattern.compile("[a-z0-9]+:[a-z0-9_/.-]+");

    private static final String IF_EXIST = "_if_exist";
    private static final String ANY_VALUE = "for_any_value:";
    private static final String ALL_VALUE = "for_all_value:";

    private final Optional<Resource> bucket;
    private final boolean isNew;

    private PolicyReader(Optional<Resource> bucket, boolean isNew) {
        this.bucket = bucket;
        this.isNew = isNew;
    }

    /** For the policy of a bucket. */
    static PolicyReader forBucket(Resource bucket, boolean isNew) {
        return new PolicyReader(Optional.of(bucket), isNew);
    }

    /** For the policy of a user or a session. */
    static PolicyReader forIdentity(boolean isNew) {
        return new PolicyReader(Optional.empty(), isNew);
    }

    /**
     * Reads a document.
     *
     * @throws CosException {@code MalformedPolicy}, {@code PolicyFull}
     */
    List<Statement> read(String text) {
        PolicyNode root = PolicyNode.parse(text);
        if (AwsPolicyReader.isMeant(root)) {
            return new AwsPolicyReader(bucket).read(root);
        }
        Map<String, PolicyNode> elements = root.elements(POLICY_ELEMENTS);
        PolicyNode version = elements.get("version");
        if (version != null && !version.value().equals("2.0")) {
            throw version.isNot("2.0");
        }
        Optional<PolicyNode> principal = Optional.ofNullable(elements.get("principal"));
        PolicyNode statement = elements.get("statement");
        if (statement == null) {
            throw root.missing("statement");
        }
        List<Statement> statements = new ArrayList<>();
        for (PolicyNode node : statement.items()) {
            statements.add(statement(statements.size(), node, principal));
        }
        return statements;
    }

    private Statement statement(int index, PolicyNode node, Optional<PolicyNode> principalOfAll) {
        Map<String, PolicyNode> elements = node.elements(STATEMENT_ELEMENTS);
        if (isNew && node.compactBytes() > Policy.MAX_STATEMENT_BYTES) {
            throw CosError.POLICY_FULL.because(node.place() + ": a statement has at most 4,095 bytes.");
        }
        Optional<PolicyNode> principal = Optional.ofNullable(elements.get("principal"));
        return new Statement(
                index,
                Optional.ofNullable(elements.get("sid")).map(PolicyNode::text),
                effect(required(node, elements, "effect")),
                principals(node, principal, principalOfAll),
                Listed.of(parse(
                        required(node, elements, "action"),
                        ActionPattern::parse,
                        "an action such as name/cos:GetObject")),
                Listed.of(resources(required(node, elements, "resource"))),
                Optional.ofNullable(elements.get("condition"))
                        .map(this::conditions)
                        .orElse(List.of()));
    }

    private static PolicyNode required(PolicyNode node, Map<String, PolicyNode> elements, String name) {
        PolicyNode element = elements.get(name);
        if (element == null) {
            throw node.missing(name);
        }
        return element;
    }

    static Effect effect(PolicyNode node) {
        return switch (node.text().toLowerCase(Locale.ROOT)) {
            case "allow" -> Effect.ALLOW;
            case "deny" -> Effect.DENY;
            default -> throw node.isNot("allow or deny");
        };
    }

    private Optional<Listed<PolicyTerms.Principals>> principals(
            PolicyNode node, Optional<PolicyNode> ownPrincipal, Optional<PolicyNode> principalOfAll) {
        Optional<PolicyNode> principal = ownPrincipal.or(() -> principalOfAll);
        if (bucket.isEmpty()) {
            principal.ifPresent(present -> {
                throw present.refuse("the policy of a user or session has no principal");
            });
            return Optional.empty();
        }
        if (ownPrincipal.isPresent() && principalOfAll.isPresent()) {
            throw ownPrincipal.get().refuse("the policy names a principal for all its statements already");
        }
        PolicyNode named = principal.orElseThrow(() -> node.missing("principal"));
        if (!named.json().isObject()) {
            return Optional.of(Listed.of(parse(
                    named, text -> PrincipalPattern.parse(text).filter(any -> text.equals("*")), "* or an object")));
        }
        List<PolicyTerms.Principals> principals = new ArrayList<>();
        named.elements(Set.of("qcs", "service")).forEach((kind, value) -> {
            if (kind.equals("qcs")) {
                principals.addAll(parse(
                        value, PrincipalPattern::parse, "a principal such as qcs::cam::uin/<UIN>:uin/<UIN of a user>"));
            } else {
                value.items().forEach(service -> principals.add(PrincipalPattern.service(service.text())));
            }
        });
        if (principals.isEmpty()) {
            throw named.refuse("must not be empty");
        }
        return Optional.of(Listed.of(principals));
    }

    private List<PolicyTerms.Resources> resources(PolicyNode node) {
        String form = "* or qcs::cos:<region>:uid/<APPID>:<bucket>/<key>";
        List<PolicyTerms.Resources> resources = new ArrayList<>();
        for (PolicyNode item : node.items()) {
            ResourcePattern pattern = ResourcePattern.parse(item.text()).orElseThrow(() -> item.isNot(form));
            bucket.filter(own -> !pattern.isWithin(own)).ifPresent(own -> {
                throw item.isNot("in the bucket whose policy this is, qcs::cos:" + own.region() + ":uid/"
                        + own.owner().appId() + ":" + own.path() + "*");
            });
            resources.add(pattern);
        }
        return resources;
    }

    private List<Condition> conditions(PolicyNode node) {
        List<Condition> conditions = new ArrayList<>();
        node.members()
                .forEach((operator, keys) -> keys.members()
                        .forEach((key, values) -> conditions.add(condition(operator, keys, key, values))));
        return conditions;
    }

    private Condition condition(String name, PolicyNode at, String key, PolicyNode values) {
        String base = name.strip();
        Condition.Quantifier quantifier = Condition.Quantifier.NONE;
        if (base.startsWith(ANY_VALUE)) {
            quantifier = Condition.Quantifier.ANY;
            base = base.substring(ANY_VALUE.length());
        } else if (base.startsWith(ALL_VALUE)) {
            quantifier = Condition.Quantifier.ALL;
            base = base.substring(ALL_VALUE.length());
        }
        boolean ifExist = base.endsWith(IF_EXIST);
        base = ifExist ? base.substring(0, base.length() - IF_EXIST.length()) : base;
        Operator operator = Operator.parse(base).orElseThrow(() -> at.refuse("unknown operator"));
        if (operator == Operator.NULL_EQUAL && (ifExist || quantifier != Condition.Quantifier.NONE)) {
            throw at.refuse("null_equal has neither for_any_value, for_all_value nor _if_exist");
        }
        List<Predicate<String>> tests = new ArrayList<>();
        for (PolicyNode value : values.items()) {
            tests.add(operator.compile(value.value()).orElseThrow(() -> value.isNot(operator.wanted())));
        }
        String known = key(key, values);
        boolean isFirm = !ifExist && quantifier != Condition.Quantifier.ALL;
        List<String> texts = values.items().stream().map(PolicyNode::value).toList();
        return new Condition(
                operator, quantifier, ifExist, known, tests, isFirm && Narrowing.isFixed(known, operator, texts));
    }

    /**
     * Keys compare without regard to case: a deny must not be lost for a capital. Policies of users may name keys of other
     * services, which no request here carries.
     */
    private String key(String key, PolicyNode at) {
        String lower = key.strip().toLowerCase(Locale.ROOT);
        boolean isKnown = GENERAL_KEYS.contains(lower)
                || COS_KEY.matcher(lower).matches()
                || (bucket.isEmpty() && OTHER_KEY.matcher(lower).matches());
        if (!isKnown) {
            throw at.refuse("unknown key");
        }
        return lower;
    }

    private static <T, P extends T> List<T> parse(
            PolicyNode node, Function<String, Optional<P>> parser, String wanted) {
        List<T> parsed = new ArrayList<>();
        for (PolicyNode item : node.items()) {
            parsed.add(parser.apply(item.text()).orElseThrow(() -> item.isNot(wanted)));
        }
        return parsed;
    }
}
