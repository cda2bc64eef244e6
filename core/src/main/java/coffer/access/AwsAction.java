package coffer.access;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The actions that a statement of an AWS policy names: {@code s3:GetObject}, {@code s3:Get*}, {@code *}. Case does not
 * matter. Source: IAM docs, "IAM JSON policy elements: Action".
 *
 * @param names what matches in lower case, with the name of the service
 */
record AwsAction(Predicate<String> names) implements PolicyTerms.Actions {
    private static final Pattern FORM = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");

    /** Reads a pattern; empty if it has another form. Actions of other services match nothing of S3. */
    static Optional<AwsAction> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new AwsAction(Glob.of(text.toLowerCase(Locale.ROOT))))
                : Optional.empty();
    }

    @Override
    public boolean match(String action, ConditionValues request) {
        return names.test("s3:" + S3Action.of(action, request).toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean matchOfServices(String action) {
        return names.test(action.toLowerCase(Locale.ROOT));
    }
}
