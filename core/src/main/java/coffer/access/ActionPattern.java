package coffer.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The actions a statement names: {@code name/cos:GetObject}, {@code cos:Get*}, {@code *}. Names are case-sensitive, but
 * {@code ACL} may be written {@code Acl}, as the reference does both. Source: COS docs, "Access Policy Language".
 *
 * @param names of actions of COS, without the prefix
 * @param ofServices names of actions with that of their service, {@code sts:AssumeRole}
 */
record ActionPattern(Wildcard names, Wildcard ofServices) implements PolicyTerms.Actions {
    private static final Pattern FORM = Pattern.compile("(?:name/)?([a-z0-9]+):([A-Za-z0-9*]+)");

    /**
     * Reads a pattern; empty if it has another form. The actions of other services are understood and match nothing of
     * COS, as the policies of users speak of more.
     */
    static Optional<ActionPattern> parse(String text) {
        if (text.equals("*") || text.equals("name/*") || text.equals("*:*")) {
            return Optional.of(new ActionPattern(Wildcard.of("*"), Wildcard.of("*")));
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean isCos = matcher.group(1).equals("cos");
        return Optional.of(new ActionPattern(
                Wildcard.of(isCos ? matcher.group(2) : ""), Wildcard.of(matcher.group(1) + ":" + matcher.group(2))));
    }

    @Override
    public boolean matchOfServices(String action) {
        return ofServices.matches(action);
    }

    @Override
    public boolean match(String action, ConditionValues request) {
        return names.matches(action)
                || (action.endsWith("ACL") && names.matches(action.substring(0, action.length() - 2) + "cl"));
    }
}
