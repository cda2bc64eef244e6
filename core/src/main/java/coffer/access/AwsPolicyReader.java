package coffer.access;

import coffer.access.Statement.Effect;
import coffer.api.CosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the statements of a policy in the grammar of AWS. What it does not know it refuses, as {@link PolicyReader} does.
 * Source: IAM docs, "IAM JSON policy elements reference"; S3 docs, "Policies and permissions in Amazon S3".
 */
final class AwsPolicyReader {
    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-.*");
    private static final Set<String> POLICY_ELEMENTS = Set.of("version", "id", "statement");
    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "sid",
            "principal",
            "notprincipal",
            "effect",
            "action",
            "notaction",
            "resource",
            "notresource",
            "condition");

    /** The elements by which a document without a version can be told. */
    private static final Set<String> TELLING = Set.of("action", "notaction", "resource", "notresource");

    private final Optional<Resource> bucket;

    /** @param bucket whose policy it is; empty for that of a user or a session */
    AwsPolicyReader(Optional<Resource> bucket) {
        this.bucket = bucket;
    }

    /** Whether a document is in this grammar: by its version or, without one, by how its actions and resources look. */
    static boolean isMeant(PolicyNode root) {
        if (!root.json().isObject()) {
            return false;
        }
        Map<String, PolicyNode> members = root.members();
        for (Map.Entry<String, PolicyNode> member : members.entrySet()) {
            if (member.getKey().equalsIgnoreCase("version")) {
                return member.getValue().json().isString()
                        && DATE.matcher(member.getValue().json().stringValue()).matches();
            }
        }
        return members.entrySet().stream()
                .filter(member -> member.getKey().equalsIgnoreCase("statement"))
                .flatMap(member -> listed(member.getValue()).stream())
                .filter(statement -> statement.json().isObject())
                .flatMap(statement -> statement.members().entrySet().stream())
                .filter(element -> TELLING.contains(element.getKey().toLowerCase(Locale.ROOT)))
                .flatMap(element -> listed(element.getValue()).stream())
                .filter(item -> item.json().isString())
                .map(PolicyNode::text)
                .anyMatch(text -> text.startsWith("arn:") || text.startsWith("s3:"));
    }

    private static List<PolicyNode> listed(PolicyNode node) {
        return node.json().isArray() && node.json().isEmpty() ? List.of() : node.items();
    }

    /**
     * Reads a document.
     *
     * @throws CosException {@code MalformedPolicy} saying where
     */
    List<Statement> read(PolicyNode root) {
        Map<String, PolicyNode> elements = root.elements(POLICY_ELEMENTS);
        PolicyNode version = elements.get("version");
        if (version != null && !VERSIONS.contains(version.text())) {
            throw version.isNot("2012-10-17 or 2008-10-17");
        }
        PolicyNode statement = elements.get("statement");
        if (statement == null) {
            throw root.missing("statement");
        }
        List<Statement> statements = new ArrayList<>();
        for (PolicyNode node : statement.items()) {
            statements.add(statement(statements.size(), node));
        }
        return statements;
    }

    private Statement statement(int index, PolicyNode node) {
        Map<String, PolicyNode> elements = node.elements(STATEMENT_ELEMENTS);
        PolicyNode named = elements.get("effect");
        if (named == null) {
            throw node.missing("effect");
        }
        Effect effect = PolicyReader.effect(named);
        return new Statement(
                index,
                Optional.ofNullable(elements.get("sid")).map(PolicyNode::text),
                effect,
                principals(node, elements, effect),
                listed(node, elements, "action", AwsAction::parse, "an action such as s3:GetObject"),
                listed(node, elements, "resource", this::resource, form()),
                Optional.ofNullable(elements.get("condition"))
                        .map(AwsConditions::read)
                        .orElse(List.of()));
    }

    private String form() {
        return bucket.map(own -> "* or in the bucket whose policy this is, arn:aws:s3:::"
                        + own.bucketPath().replace("/", "") + "/*")
                .orElse("* or arn:aws:s3:::<bucket>/<key>");
    }

    private Optional<AwsResource> resource(String text) {
        return AwsResource.parse(text).filter(parsed -> bucket.isEmpty() || parsed.touches(bucket.get()));
    }

    /** One of an element and its inverse. */
    private static <T, P extends T> Listed<T> listed(
            PolicyNode node,
            Map<String, PolicyNode> elements,
            String name,
            Function<String, Optional<P>> parser,
            String wanted) {
        PolicyNode plain = elements.get(name);
        PolicyNode inverse = elements.get("not" + name);
        if (plain != null && inverse != null) {
            throw inverse.refuse("does not go together with " + name);
        }
        PolicyNode present = plain == null ? inverse : plain;
        if (present == null) {
            throw node.missing(name);
        }
        List<T> patterns = new ArrayList<>();
        for (PolicyNode item : present.items()) {
            AwsConditions.refuseVariables(item);
            patterns.add(parser.apply(item.text()).orElseThrow(() -> item.isNot(wanted)));
        }
        return new Listed<>(plain == null, patterns);
    }

    private Optional<Listed<PolicyTerms.Principals>> principals(
            PolicyNode node, Map<String, PolicyNode> elements, Effect effect) {
        PolicyNode plain = elements.get("principal");
        PolicyNode inverse = elements.get("notprincipal");
        PolicyNode present = plain == null ? inverse : plain;
        if (bucket.isEmpty()) {
            if (present != null) {
                throw present.refuse("the policy of a user or session has no principal");
            }
            return Optional.empty();
        }
        if (present == null) {
            throw node.missing("principal");
        }
        if (plain != null && inverse != null) {
            throw inverse.refuse("does not go together with principal");
        }
        if (plain == null && effect == Effect.ALLOW) {
            throw present.refuse("goes together with Deny only; with Allow it would mean nearly everybody");
        }
        AwsPrincipal.Use use = plain == null
                ? AwsPrincipal.Use.EXEMPTED
                : effect == Effect.DENY ? AwsPrincipal.Use.DENIED : AwsPrincipal.Use.ALLOWED;
        return Optional.of(new Listed<>(plain == null, principals(present, use)));
    }

    private static List<PolicyTerms.Principals> principals(PolicyNode named, AwsPrincipal.Use use) {
        List<PolicyTerms.Principals> principals = new ArrayList<>();
        if (!named.json().isObject()) {
            if (!named.text().equals("*")) {
                throw named.isNot("* or an object");
            }
            return List.of(AwsPrincipal.EVERYBODY);
        }
        named.members().forEach((kind, value) -> {
            for (PolicyNode item : value.items()) {
                principals.add(principal(kind, value, item, use));
            }
        });
        if (principals.isEmpty()) {
            throw named.refuse("must not be empty");
        }
        return principals;
    }

    private static PolicyTerms.Principals principal(String kind, PolicyNode of, PolicyNode item, AwsPrincipal.Use use) {
        return switch (kind) {
            case "AWS" ->
                AwsPrincipal.parse(item.text(), use)
                        .orElseThrow(() -> item.isNot("*, an account or arn:aws:iam::<account>:root"));
            case "CanonicalUser" ->
                Grantee.ofId(item.text())
                        .map(grantee -> AwsPrincipal.of(grantee, use))
                        .orElseThrow(() -> item.isNot("the ID of an account, as ACLs show it"));
            case "Service", "Federated" -> AwsPrincipal.NOBODY;
            default -> throw of.refuse("unknown kind of principal");
        };
    }
}
