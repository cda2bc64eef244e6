package coffer.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the conditions of AWS policies. They differ from those of COS in what holds where a request does not carry a key:
 * operators that negate, and {@code ForAllValues:}. Source: IAM docs, "IAM JSON policy elements: Condition operators".
 */
final class AwsConditions {
    private static final Map<String, Operator> OPERATORS = Map.ofEntries(
            Map.entry("stringequals", Operator.STRING_EQUAL),
            Map.entry("stringnotequals", Operator.STRING_NOT_EQUAL),
            Map.entry("stringequalsignorecase", Operator.STRING_EQUAL_IGNORE_CASE),
            Map.entry("stringnotequalsignorecase", Operator.STRING_NOT_EQUAL_IGNORE_CASE),
            Map.entry("stringlike", Operator.STRING_LIKE),
            Map.entry("stringnotlike", Operator.STRING_NOT_LIKE),
            Map.entry("numericequals", Operator.NUMERIC_EQUAL),
            Map.entry("numericnotequals", Operator.NUMERIC_NOT_EQUAL),
            Map.entry("numericlessthan", Operator.NUMERIC_LESS_THAN),
            Map.entry("numericlessthanequals", Operator.NUMERIC_LESS_THAN_EQUAL),
            Map.entry("numericgreaterthan", Operator.NUMERIC_GREATER_THAN),
            Map.entry("numericgreaterthanequals", Operator.NUMERIC_GREATER_THAN_EQUAL),
            Map.entry("dateequals", Operator.DATE_EQUAL),
            Map.entry("datenotequals", Operator.DATE_NOT_EQUAL),
            Map.entry("datelessthan", Operator.DATE_LESS_THAN),
            Map.entry("datelessthanequals", Operator.DATE_LESS_THAN_EQUAL),
            Map.entry("dategreaterthan", Operator.DATE_GREATER_THAN),
            Map.entry("dategreaterthanequals", Operator.DATE_GREATER_THAN_EQUAL),
            Map.entry("bool", Operator.BOOL_EQUAL),
            Map.entry("ipaddress", Operator.IP_EQUAL),
            Map.entry("notipaddress", Operator.IP_NOT_EQUAL),
            Map.entry("arnequals", Operator.STRING_LIKE),
            Map.entry("arnlike", Operator.STRING_LIKE),
            Map.entry("arnnotequals", Operator.STRING_NOT_LIKE),
            Map.entry("arnnotlike", Operator.STRING_NOT_LIKE),
            Map.entry("null", Operator.NULL_EQUAL));

    /** Keys that are those of COS by other names. */
    private static final Map<String, String> COMMON_KEYS = Map.of(
            "aws:sourceip", "qcs:ip",
            "aws:currenttime", "qcs:current_time",
            "aws:securetransport", "cos:secure-transport",
            "aws:referer", "cos:referer",
            "aws:useragent", "cos:user-agent",
            "s3:tlsversion", "cos:tls-version");

    /** Keys of AWS that requests carry here, or never carry as requests from outside of its cloud do not. */
    private static final Set<String> AWS_KEYS = Set.of(
            "aws:epochtime",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalisawsservice",
            "aws:principaltype",
            "aws:userid",
            "aws:viaawsservice",
            "aws:calledvia",
            "aws:calledviafirst",
            "aws:calledvialast",
            "aws:multifactorauthage",
            "aws:multifactorauthpresent",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:vpcsourceip");

    private static final String EXISTING_TAG = "s3:existingobjecttag/";
    private static final String REQUEST_TAG = "s3:requestobjecttag/";
    private static final Set<String> S3_KEYS = Set.of(
            "s3:authtype",
            "s3:delimiter",
            "s3:max-keys",
            "s3:object-lock-legal-hold",
            "s3:object-lock-mode",
            "s3:object-lock-retain-until-date",
            "s3:prefix",
            "s3:requestobjecttagkeys",
            "s3:signatureversion",
            "s3:versionid");

    private static final Pattern HEADER_KEY = Pattern.compile("s3:x-amz-[a-z0-9-]+");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final String IF_EXISTS = "ifexists";
    private static final String ANY_VALUE = "foranyvalue:";
    private static final String ALL_VALUES = "forallvalues:";

    private AwsConditions() {}

    static List<Condition> read(PolicyNode node) {
        List<Condition> conditions = new ArrayList<>();
        node.members()
                .forEach((operator, keys) -> keys.members()
                        .forEach((key, values) -> conditions.add(condition(operator, keys, key, values))));
        return conditions;
    }

    /** {@code ${aws:username}} and the like, which are not filled in here. */
    static void refuseVariables(PolicyNode value) {
        if (value.json().isString() && value.json().stringValue().contains("${")) {
            throw value.refuse("variables are not available");
        }
    }

    private static Condition condition(String name, PolicyNode at, String key, PolicyNode values) {
        String base = name.strip().toLowerCase(Locale.ROOT);
        Condition.Quantifier quantifier = Condition.Quantifier.NONE;
        if (base.startsWith(ANY_VALUE)) {
            quantifier = Condition.Quantifier.ANY;
            base = base.substring(ANY_VALUE.length());
        } else if (base.startsWith(ALL_VALUES)) {
            quantifier = Condition.Quantifier.ALL;
            base = base.substring(ALL_VALUES.length());
        }
        boolean ifExists = base.endsWith(IF_EXISTS);
        base = ifExists ? base.substring(0, base.length() - IF_EXISTS.length()) : base;
        Operator operator = OPERATORS.get(base);
        if (operator == null) {
            throw at.refuse("unknown operator");
        }
        if (operator == Operator.NULL_EQUAL && (ifExists || quantifier != Condition.Quantifier.NONE)) {
            throw at.refuse("Null has neither ForAnyValue, ForAllValues nor IfExists");
        }
        String known = key(key, values);
        List<Predicate<String>> tests = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (PolicyNode value : values.items()) {
            refuseVariables(value);
            texts.add(value.value());
            tests.add(test(operator, value));
        }
        boolean holdsIfAbsent = ifExists
                || quantifier == Condition.Quantifier.ALL
                || (operator.isNegated() && quantifier == Condition.Quantifier.NONE);
        return new Condition(
                operator,
                quantifier,
                holdsIfAbsent,
                known,
                tests,
                !holdsIfAbsent && Narrowing.isFixed(known, operator, texts));
    }

    private static Predicate<String> test(Operator operator, PolicyNode value) {
        return switch (operator) {
            case STRING_LIKE, STRING_NOT_LIKE -> Glob.of(value.value());
            case DATE_EQUAL,
                    DATE_NOT_EQUAL,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUAL,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUAL -> compiled(operator, value, time(value.value()));
            default -> compiled(operator, value, value.value());
        };
    }

    private static Predicate<String> compiled(Operator operator, PolicyNode value, String text) {
        return operator.compile(text).orElseThrow(() -> value.isNot(operator.wanted()));
    }

    /** ISO 8601, or seconds since 1970. */
    private static String time(String text) {
        return SECONDS.matcher(text).matches()
                ? Instant.ofEpochSecond(Long.parseLong(text)).toString()
                : text;
    }

    /** Keys compare without regard to case, but for the names of tags in them. */
    private static String key(String key, PolicyNode at) {
        String lower = key.strip().toLowerCase(Locale.ROOT);
        for (String tag : List.of(EXISTING_TAG, REQUEST_TAG)) {
            if (lower.startsWith(tag) && lower.length() > tag.length()) {
                return tag + key.strip().substring(tag.length());
            }
        }
        String common = COMMON_KEYS.get(lower);
        if (common != null) {
            return common;
        }
        if (!AWS_KEYS.contains(lower)
                && !S3_KEYS.contains(lower)
                && !HEADER_KEY.matcher(lower).matches()) {
            throw at.refuse("unknown key");
        }
        return lower;
    }
}
